import type { ReactElement } from 'react';
import { Button, Group, Stack, Text, Title, useMantineColorScheme } from '../../ui/index.ts';

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Like the system' },
] as const;

/** Light, dark, or what the system says. */
export function AppearanceSection(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap={12}>
      <Title order={2}>Appearance</Title>
      <Group gap={8} role="group" aria-label="Colours">
        {schemes.map(({ value, label }) => (
          <Button
            key={value}
            variant={value === colorScheme ? 'filled' : 'default'}
            aria-pressed={value === colorScheme}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Button>
        ))}
      </Group>
      <Text c="dimmed">
        Motion follows the system’s setting for reduced motion. Sizes follow the browser’s or window’s zoom.
      </Text>
    </Stack>
  );
}
