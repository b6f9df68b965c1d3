import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import type { LogLine } from '#shared/model/index.ts';
import { useEngine, useStream } from '../../../rpc/index.ts';
import { Button, Checkbox, CopyButton, FailedNotice, Group, Text } from '../../../ui/index.ts';
import { lineText, logFile } from './log-text.ts';
import { useLogWindow } from './use-log-window.ts';
import classes from './run.module.css';

/** What the tools say, live; of one step or of all. Only the lines on screen are drawn. */
export function RunLog({ id, node }: { id: string; node: string | null }): ReactElement {
  const { client } = useEngine();
  const [follow, setFollow] = useState(true);
  const log = useStream<LogLine, readonly LogLine[]>({
    key: `logs ${id}`,
    initial: [],
    fold: (lines, line) => [...lines, line],
    foldMany: (lines, more) => [...lines, ...more],
    open: (signal) => client.deployments.followLogs({ id }, { signal }),
    resume: true,
  });
  const lines = node === null ? log.value : log.value.filter((line) => line.node === node);
  const box = useRef<HTMLDivElement>(null);
  const view = useLogWindow(box, lines.length);
  useLayoutEffect(() => {
    // After every change: while it is followed, the newest line is what is seen.
    if (follow && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  });
  const pause = () => setFollow(false);
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([logFile(lines)], { type: 'text/plain' }));
    link.download = `deployment-${id}${node === null ? '' : `-${node}`}.log`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section aria-label="Log" className={classes.log}>
      <Group justify="space-between">
        <h2>{node === null ? 'Log' : `Log of ${node}`}</h2>
        <Group gap={8}>
          <Checkbox label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
          <CopyButton text={logFile(lines)} label="Copy the log" />
          <Button variant="default" disabled={lines.length === 0} onClick={download}>
            Download
          </Button>
        </Group>
      </Group>
      {log.error !== null && <FailedNotice title="The log cannot be followed." error={log.error} />}
      {lines.length === 0 ? (
        <Text c="dimmed">{log.status === 'running' ? 'Nothing was said yet.' : 'There is no log.'}</Text>
      ) : (
        // Scrolling is done with the keyboard too, so the box takes the focus.
        <div
          ref={box}
          role="log"
          tabIndex={0}
          className={classes.lines}
          onScroll={view.onScroll}
          // Whoever looks back is not pulled away again.
          onPointerDown={pause}
          onWheel={(event) => {
            if (event.deltaY < 0) pause();
          }}
          onKeyDown={(event) => {
            if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) pause();
          }}
        >
          {/* One block of the full height: were the space made of parts, the place would jump while they change. */}
          <div className={classes.allLines} style={{ height: view.height }}>
            <div className={classes.drawnLines} style={{ top: view.before }}>
              {lines.slice(view.first, view.last).map((line) => (
                <div key={line.sequence} className={line.level === 'error' ? classes.errorLine : classes.logLine}>
                  {lineText(line, node === null)}
                </div>
              ))}
            </div>
          </div>
        </div>
      )}
    </section>
  );
}
