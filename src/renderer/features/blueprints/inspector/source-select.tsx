import type { ReactElement } from 'react';
import {
  endName,
  sourcesFor,
  useCanvas,
  useCanvasStore,
  type FittingSource,
  type PortEnd,
} from '../../../canvas/index.ts';
import { Select } from '../../../ui/index.ts';

function keyOf({ from }: FittingSource): string {
  return `${from.node}.${from.port}`;
}

function textOf(source: FittingSource): string {
  const name = `${endName(source.from.node)}.${source.from.port}`;
  if (!source.fit.fits) return `${name}: ${source.fit.reason}`;
  const how = source.fit.asItem === true ? ', as a member of the list' : '';
  return `${name} (${source.typeText}${how})`;
}

/** Wiring by keyboard: every source that fits an input, and the rest with the reason why not. */
export function SourceSelect(props: {
  to: PortEnd;
  /** The source chosen now. */
  from: PortEnd | null;
  label: string;
  id?: string;
  disabled: boolean;
}): ReactElement {
  const store = useCanvasStore();
  const document = useCanvas((state) => state.model.document);
  const palette = useCanvas((state) => state.palette);
  const sources = sourcesFor({ document, palette }, props.to);
  const item = (source: FittingSource) => ({
    value: keyOf(source),
    label: textOf(source),
    disabled: !source.fit.fits,
  });
  const fitting = sources.filter(({ fit }) => fit.fits);
  const others = sources.filter(({ fit }) => !fit.fits);
  return (
    <Select
      label={props.label}
      {...(props.id === undefined ? {} : { id: props.id })}
      disabled={props.disabled}
      searchable
      placeholder={fitting.length === 0 ? 'Nothing fits yet' : 'Choose a source'}
      nothingFoundMessage="Nothing by that name"
      value={props.from === null ? null : `${props.from.node}.${props.from.port}`}
      data={[
        { group: 'Fits', items: fitting.map(item) },
        { group: 'Does not fit', items: others.map(item) },
      ]}
      onChange={(key) => {
        const source = fitting.find((candidate) => keyOf(candidate) === key);
        if (source === undefined) return;
        const asItem = source.fit.fits && source.fit.asItem === true;
        store.getState().commanded({ type: 'connect', from: source.from, to: props.to, asItem });
      }}
    />
  );
}
