import {
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

// Buttons and selection are ink, not a hue: hues are kept for what a plan does (create, change, destroy, …).
const ink: MantineColorsTuple = [
  '#f3f5f7',
  '#e6eaee',
  '#dbe4ec',
  '#b5c0ca',
  '#8f9ca9',
  '#6d7c8a',
  '#4f5e6c',
  '#374653',
  '#22303c',
  '#151f28',
];

// The library takes the text colour of a filled button from the light shade; in dark, ink is light.
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  // Red means that something goes. The library's own red has a light shade in dark, with white text on it.
  if (input.variant === 'filled' && input.color === 'red') {
    const background = 'var(--gp-destroy)';
    return { ...colors, background, hover: background, color: 'var(--mantine-color-body)' };
  }
  const isInk = input.variant === 'filled' && input.color === input.theme.primaryColor;
  return isInk ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
};

// The library's dark greys are neutral; ours lean to blue like the surfaces of `theme.css`.
const dark: MantineColorsTuple = [
  '#e6eaed',
  '#c5ccd3',
  '#a3aeb8',
  '#7d8894',
  '#323a43',
  '#2a323a',
  '#20262c',
  '#14181c',
  '#101418',
  '#0b0e11',
];

/** Dense, calm, 13 px; four-pixel grid. */
export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 2 },
  autoContrast: true,
  variantColorResolver,
  fontFamily: 'var(--gp-font)',
  fontFamilyMonospace: 'var(--gp-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '26px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '26px' },
      h2: { fontSize: '15px', lineHeight: '22px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { size: 26, variant: 'subtle', color: 'gray' } },
    Badge: { defaultProps: { size: 'sm', variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Button: { defaultProps: { size: 'xs' } },
    // In dark, ink is light: a white tick on it could not be seen.
    Checkbox: { defaultProps: { size: 'xs', iconColor: 'var(--mantine-primary-color-contrast)' } },
    // Named, because only a colour that is named gets the text colour that goes with it.
    Chip: { defaultProps: { size: 'xs', radius: 'sm', color: 'ink', variant: 'filled' } },
    // Every way to close has a name, wherever the library draws it.
    CloseButton: { defaultProps: { 'aria-label': 'Close' } },
    JsonInput: { defaultProps: { size: 'xs' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 100 }, size: 'lg', closeButtonProps: { 'aria-label': 'Close' } },
    },
    // Walking through a form by Tab must not cover the next field with a list; a click or an arrow key opens it.
    MultiSelect: { defaultProps: { size: 'xs', openOnFocus: false } },
    NumberInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Radio: { defaultProps: { size: 'xs', iconColor: 'var(--mantine-primary-color-contrast)' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tabs: { defaultProps: { keepMounted: false } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 60 } } },
  },
});
