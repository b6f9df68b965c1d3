import type { ReactElement, ReactNode } from 'react';
import type { CsvTable } from '#shared/base/csv.ts';
import type { BlindSpots as BlindSpotsData, ChainLink, EvidenceLine, NamedResource } from '#shared/model/index.ts';
import {
  CategoryIcon,
  CopyButton,
  ExportButtons,
  Group,
  PartialNotice,
  StatusBadge,
  UnstyledButton,
} from '../../../ui/index.ts';
import classes from './questions.module.css';

/** One resource of an answer; it leads on. */
export function ResourceLink(props: {
  resource: NamedResource;
  onSelect: (id: string) => void;
  children?: ReactNode;
}): ReactElement {
  const { resource } = props;
  return (
    <UnstyledButton className={classes.resource} title={resource.id} onClick={() => props.onSelect(resource.id)}>
      <CategoryIcon category={resource.category} />
      <span className={classes.name}>{resource.name}</span>
      {resource.isStub && <StatusBadge tone="unknown">not discovered</StatusBadge>}
      {resource.stale && <StatusBadge tone="unknown">stale</StatusBadge>}
      {props.children}
      <span className={classes.kind}>
        {resource.kind} · {resource.region}
      </span>
    </UnstyledButton>
  );
}

/** The reasons of one resource, step by step from what was asked about: each with its relationship. */
export function ChainLines(props: { chain: readonly ChainLink[]; onSelect: (id: string) => void }): ReactElement {
  return (
    <ol className={classes.chain}>
      {props.chain.map((link, index) => (
        <li key={`${index} ${link.id}`}>
          <UnstyledButton className={classes.step} title={link.id} onClick={() => props.onSelect(link.id)}>
            {link.words} <span className={classes.type}>{link.type}</span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

/** Sentences of a proof, each leading to the resource it speaks of. */
export function EvidenceLines(props: { lines: readonly EvidenceLine[]; onSelect: (id: string) => void }): ReactElement {
  return (
    <ol className={classes.chain}>
      {props.lines.map((line, index) => (
        <li key={`${index} ${line.text}`}>
          <UnstyledButton className={classes.step} title={line.id} onClick={() => props.onSelect(line.id)}>
            {line.text}
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

const spotsShown = 8;

/** Where the answer may miss something; nothing where the map is complete. */
export function BlindSpots({ blind }: { blind: BlindSpotsData }): ReactElement | null {
  if (blind.total === 0) return null;
  const shown = blind.spots.slice(0, spotsShown);
  return (
    <PartialNotice>
      The map is blind in {blind.total === 1 ? '1 place' : `${blind.total.toLocaleString('en')} places`} near this, so
      there may be more:
      <ul className={classes.spots}>
        {shown.map((spot) => (
          <li key={`${spot.scope} ${spot.region} ${spot.kind}`}>
            {spot.kind} in {spot.region}: {spot.status}
            {spot.permission !== null && <span className="gp-mono"> {spot.permission}</span>}
          </li>
        ))}
        {blind.total > shown.length && <li>and {(blind.total - shown.length).toLocaleString('en')} more</li>}
      </ul>
    </PartialNotice>
  );
}

/** Copies the ids of an answer and keeps it as a file. */
export function AnswerActions(props: { name: string; ids: readonly string[]; table: () => CsvTable }): ReactElement {
  return (
    <Group gap={8}>
      <CopyButton text={props.ids.join('\n')} label="Copy ids" />
      <ExportButtons name={`groundplan-${props.name}`} table={props.table} />
    </Group>
  );
}
