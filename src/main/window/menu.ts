import type { MenuItemConstructorOptions } from 'electron';

interface MenuActions {
  readonly openWorkspace: () => void;
  readonly go: (screen: string) => void;
}

const screens = [
  'estate',
  'patterns',
  'artifacts',
  'blueprints',
  'catalog',
  'review',
  'deployments',
  'drift',
  'settings',
];

/** The application menu as data. */
export function menuTemplate(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open workspace…', accelerator: 'CmdOrCtrl+O', click: actions.openWorkspace },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Go',
      submenu: screens.map((screen, index) => ({
        label: `${screen.charAt(0).toUpperCase()}${screen.slice(1)}`,
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.go(screen),
      })),
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
  ];
}
