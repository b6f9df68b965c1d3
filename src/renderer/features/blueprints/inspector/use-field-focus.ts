import { useEffect } from 'react';
import { useCanvas } from '../../../canvas/index.ts';

/** The DOM id of the control for a field of the document, for example `nodes.database.set.password`. */
export function fieldId(field: string): string {
  return `field-${field}`;
}

/** Puts the focus into the field the problems list leads to, or into the nearest one that holds it. */
export function useFieldFocus(): void {
  const focus = useCanvas((state) => state.focus);
  useEffect(() => {
    if (focus === null) return undefined;
    // The inspector has to show the node first.
    const frame = requestAnimationFrame(() => {
      const steps = focus.field.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
      for (let length = steps.length; length > 0; length -= 1) {
        const element = document.getElementById(fieldId(steps.slice(0, length).join('.')));
        if (element === null) continue;
        element.scrollIntoView({ block: 'nearest' });
        element.focus();
        return;
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [focus]);
}
