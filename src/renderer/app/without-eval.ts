import { z } from 'zod';

// The page's content security policy forbids building functions from text; zod must not try. This module has to be
// imported before any schema is made, because zod decides when a schema is made.
z.config({ jitless: true });
