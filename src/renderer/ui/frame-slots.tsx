import { createContext, useContext, useState, type ReactElement, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface Slots {
  readonly inspector: HTMLElement | null;
  readonly status: HTMLElement | null;
  readonly setInspector: (element: HTMLElement | null) => void;
  readonly setStatus: (element: HTMLElement | null) => void;
}

const SlotsContext = createContext<Slots>({
  inspector: null,
  status: null,
  setInspector: () => undefined,
  setStatus: () => undefined,
});

/** Lets a screen fill places of the frame around it. */
export function FrameSlotsProvider({ children }: { children: ReactNode }): ReactElement {
  const [inspector, setInspector] = useState<HTMLElement | null>(null);
  const [status, setStatus] = useState<HTMLElement | null>(null);
  return <SlotsContext value={{ inspector, status, setInspector, setStatus }}>{children}</SlotsContext>;
}

/** Where the frame wants the inspector to stand. The frame hides the pane while nothing is in it. */
export function InspectorOutlet({ className }: { className?: string | undefined }): ReactElement {
  const { setInspector } = useContext(SlotsContext);
  return <aside ref={setInspector} className={className} aria-label="Inspector" />;
}

/** Where the frame wants the screen's part of the status bar. */
export function StatusOutlet(): ReactElement {
  const { setStatus } = useContext(SlotsContext);
  return <span ref={setStatus} />;
}

/** Shows its children in the frame's inspector. */
export function Inspector({ children }: { children: ReactNode }): ReactElement | null {
  const { inspector } = useContext(SlotsContext);
  return inspector === null ? null : createPortal(children, inspector);
}

/** Shows its children in the status bar. */
export function StatusText({ children }: { children: ReactNode }): ReactElement | null {
  const { status } = useContext(SlotsContext);
  return status === null ? null : createPortal(children, status);
}
