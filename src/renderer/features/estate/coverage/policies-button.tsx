import { KeyRound } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Button, Modal } from '../../../ui/index.ts';
import { ReadOnlyPolicy } from '../../settings/index.ts';

/** Shows the least-privilege policy of each cloud, to copy. */
export function PoliciesButton(): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<KeyRound size={14} aria-hidden />} onClick={() => setOpen(true)}>
        Read-only policies
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title="Read-only policies" size="lg">
        <ReadOnlyPolicy />
      </Modal>
    </>
  );
}
