import { openBrowserShell } from '#test/support/shells/index.ts';
import { story } from './journeys/story.ts';

story(openBrowserShell);
