import type { ReactElement } from 'react';
import { useConnection } from '../rpc/index.ts';
import { Popover, RelativeTime, Stack, StatusBadge, StatusOutlet, Text } from '../ui/index.ts';
import classes from './frame.module.css';
import type { EngineInfo } from './use-engine-info.ts';

/** When it was last mapped, how much of it, what the engine has to say. */
export function StatusBar({ info }: { info: EngineInfo | undefined }): ReactElement {
  const { phase } = useConnection();
  const workspace = info?.workspace ?? null;
  return (
    <footer className={classes.status}>
      {workspace !== null && (
        <>
          <span>
            {workspace.lastMappedAt === null ? (
              'never mapped'
            ) : (
              <>
                last mapped <RelativeTime at={workspace.lastMappedAt} />
              </>
            )}
          </span>
          {workspace.coverage !== null && <span>coverage {coverageText(workspace.coverage)}</span>}
          {workspace.readOnly !== null && <span>read-only: {workspace.readOnly}</span>}
          {workspace.notices.length > 0 && <Notices notices={workspace.notices} />}
        </>
      )}
      <StatusOutlet />
      <span className={classes.statusEnd}>
        {phase === 'connected' ? `Groundplan ${info?.version ?? ''}` : 'engine not connected'}
      </span>
    </footer>
  );
}

/** Never rounds up to a full 100 %. */
function coverageText(share: number): string {
  const percent = Math.floor(share * 1000) / 10;
  return `${Number.isInteger(percent) ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

type Notice = NonNullable<EngineInfo['workspace']>['notices'][number];

function Notices({ notices }: { notices: readonly Notice[] }): ReactElement {
  return (
    <Popover position="top-start" width={420} trapFocus>
      <Popover.Target>
        <button type="button">{notices.length === 1 ? '1 notice' : `${notices.length} notices`}</button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={12}>
          {notices.map((notice) => (
            <div key={notice.id}>
              <StatusBadge
                tone={notice.severity === 'info' ? 'info' : notice.severity === 'error' ? 'bad' : 'attention'}
              >
                {notice.title}
              </StatusBadge>
              <Text>{notice.detail}</Text>
              <Text c="dimmed">
                <RelativeTime at={notice.at} />
              </Text>
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
