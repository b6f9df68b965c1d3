import { Monitor, Moon, Search, Sun } from 'lucide-react';
import type { ReactElement } from 'react';
import { ActionIcon, Kbd, Menu, useMantineColorScheme } from '../ui/index.ts';
import classes from './frame.module.css';
import { usePalette } from './palette-store.ts';
import { RunsIndicator } from './runs-indicator.tsx';
import type { EngineInfo } from './use-engine-info.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** Workspace, search, what runs, appearance. */
export function TopBar({ info }: { info: EngineInfo | undefined }): ReactElement {
  const open = usePalette((palette) => palette.open);
  const mac = navigator.userAgent.includes('Mac');
  return (
    <header className={classes.top}>
      <WorkspaceMenu info={info} />
      <button
        type="button"
        className={classes.search}
        aria-label="Search or run a command"
        aria-keyshortcuts={mac ? 'Meta+K' : 'Control+K'}
        onClick={open}
      >
        <Search size={14} aria-hidden />
        <span>Search or run a command</span>
        <Kbd size="xs">{mac ? '⌘K' : 'Ctrl K'}</Kbd>
      </button>
      {info?.workspace != null && <RunsIndicator />}
      <ColourSchemeMenu />
    </header>
  );
}

const schemes = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'auto', label: 'Like the system', icon: Monitor },
] as const;

function ColourSchemeMenu(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find((scheme) => scheme.value === colorScheme)?.icon ?? Monitor;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Colours: light, dark or like the system">
          <Current size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} aria-hidden />}
            rightSection={value === colorScheme ? '✓' : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
