import { createTheme, type Theme, type ThemeOptions } from '@mui/material/styles';
import { DARK, LIGHT, MONO, SANS, type Tokens } from './tokens';

declare module '@mui/material/styles' {
  interface Theme {
    readonly tokens: Tokens;
  }
  interface ThemeOptions {
    readonly tokens?: Tokens;
  }
}

/** Below it the menu is behind a button, and tables show what fits. */
export const NARROW = 'md';
/** Where fingers are: what is pressed is larger, and no telephone zooms in on a field (16 px). */
const TOUCHED = '@media (max-width: 899.95px)';

/** Our look on MUI's components: dense, flat, one accent. */
function themeOf(mode: 'light' | 'dark', tokens: Tokens): ThemeOptions {
  const { tones } = tokens;
  return {
    tokens,
    palette: {
      mode,
      // `dark` is what is under the pointer: never nearer to the text's own colour.
      primary: { main: tokens.accent, dark: tokens.accentHover, contrastText: tokens.accentInk },
      error: { main: tones.bad.ink, dark: tones.bad.ink, contrastText: tokens.surface },
      warning: { main: tones.warn.ink },
      success: { main: tones.good.ink },
      info: { main: tones.info.ink },
      background: { default: tokens.surface, paper: tokens.raised },
      text: { primary: tokens.ink, secondary: tokens.soft },
      divider: tokens.line,
    },
    spacing: 8,
    shape: { borderRadius: 7 },
    typography: {
      fontFamily: SANS,
      fontSize: 13,
      htmlFontSize: 16,
      body1: { fontSize: 14, lineHeight: 1.5 },
      body2: { fontSize: 13, lineHeight: 1.45 },
      h1: { fontSize: 20, fontWeight: 620, lineHeight: 1.3, letterSpacing: '-0.015em' },
      h2: { fontSize: 15, fontWeight: 620, lineHeight: 1.4, letterSpacing: '-0.005em' },
      h3: { fontSize: 13, fontWeight: 620, lineHeight: 1.4 },
      button: { fontSize: 13, fontWeight: 560, textTransform: 'none', letterSpacing: 0 },
      caption: { fontSize: 12, lineHeight: 1.4 },
    },
    transitions: { duration: { enteringScreen: 120, leavingScreen: 90, shortest: 80, shorter: 100, short: 120 } },
    components: {
      MuiCssBaseline: {
        styleOverrides: {
          html: { colorScheme: mode },
          body: { fontSize: 14, fontVariantNumeric: 'tabular-nums', WebkitTextSizeAdjust: '100%' },
          'code, kbd, pre, samp': { fontFamily: MONO, fontSize: '0.92em' },
          a: { color: tokens.accent },
          ':focus-visible': { outline: `2px solid ${tokens.accent}`, outlineOffset: 1 },
          // What has the keyboard as a whole needs no mark.
          '[tabindex="-1"]:focus-visible': { outline: 'none' },
          '@media (prefers-reduced-motion: reduce)': {
            '*, *::before, *::after': { animationDuration: '0s !important', transitionDuration: '0s !important' },
          },
        },
      },
      MuiButtonBase: {
        defaultProps: { disableRipple: true },
        styleOverrides: {
          root: { fontFamily: SANS, '&.Mui-focusVisible': { outline: `2px solid ${tokens.accent}`, outlineOffset: 1 } },
        },
      },
      MuiButton: {
        defaultProps: { size: 'small', disableElevation: true, variant: 'outlined', color: 'inherit' },
        styleOverrides: {
          root: {
            minHeight: 32,
            padding: '4px 12px',
            borderRadius: 7,
            whiteSpace: 'nowrap',
            minWidth: 0,
            [TOUCHED]: { minHeight: 36 },
          },
          outlined: ({ theme }) => ({
            borderColor: tokens.lineStrong,
            backgroundColor: tokens.surface,
            '&:hover': { borderColor: tokens.soft, backgroundColor: tokens.hover },
            // What cannot be pressed now keeps the keyboard all the same.
            '&[aria-disabled=true]': {
              color: theme.palette.action.disabled,
              borderColor: tokens.line,
              backgroundColor: tokens.surface,
              cursor: 'default',
            },
          }),
          text: { '&:hover': { backgroundColor: tokens.hover } },
          startIcon: { marginRight: 6, '& > *:nth-of-type(1)': { fontSize: 16 } },
          endIcon: { marginLeft: 4, '& > *:nth-of-type(1)': { fontSize: 16 } },
        },
      },
      MuiIconButton: {
        defaultProps: { size: 'small' },
        styleOverrides: {
          root: ({ theme }) => ({
            borderRadius: 6,
            color: tokens.soft,
            '&:hover': { backgroundColor: tokens.hover, color: tokens.ink },
            '& svg': { fontSize: 18 },
            [TOUCHED]: { minWidth: 36, minHeight: 36 },
            '&[aria-disabled=true]': {
              color: theme.palette.action.disabled,
              backgroundColor: 'transparent',
              cursor: 'default',
            },
          }),
        },
      },
      MuiOutlinedInput: {
        defaultProps: { size: 'small', notched: false },
        styleOverrides: {
          root: {
            backgroundColor: tokens.surface,
            fontSize: 13,
            borderRadius: 7,
            [TOUCHED]: { fontSize: 16 },
            '& fieldset': { borderColor: tokens.lineStrong },
            '&:hover:not(.Mui-disabled, .Mui-error) fieldset': { borderColor: tokens.soft },
          },
          // Letters of a telephone's fields are taller: those below the line are not cut.
          input: { padding: '6.5px 10px', height: 19, [TOUCHED]: { height: 23 } },
          multiline: { padding: 0, '& textarea': { padding: '7px 10px', height: 'auto' } },
        },
      },
      MuiInputLabel: {
        defaultProps: { shrink: true },
        styleOverrides: {
          root: {
            position: 'static',
            transform: 'none',
            fontSize: 13,
            fontWeight: 560,
            color: tokens.ink,
            marginBottom: 4,
            whiteSpace: 'normal',
            '&.Mui-focused': { color: tokens.ink },
          },
        },
      },
      MuiFormHelperText: { styleOverrides: { root: { margin: '3px 0 0', fontSize: 12, overflowWrap: 'anywhere' } } },
      MuiSelect: { styleOverrides: { select: { minHeight: 'auto' } } },
      MuiCheckbox: {
        defaultProps: { size: 'small', disableRipple: true },
        styleOverrides: { root: { padding: 4, color: tokens.lineStrong } },
      },
      MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
      MuiPopover: {
        styleOverrides: { paper: { border: `1px solid ${tokens.line}`, boxShadow: tokens.shadow, borderRadius: 9 } },
      },
      MuiAutocomplete: {
        styleOverrides: {
          root: {
            // As high as any other field while nothing is chosen; what it says itself is for each size apart.
            '& .MuiAutocomplete-inputRoot.MuiOutlinedInput-root.MuiInputBase-root': {
              paddingTop: 3,
              paddingBottom: 3,
              paddingLeft: 4,
              gap: 3,
            },
            '& .MuiAutocomplete-inputRoot .MuiAutocomplete-input.MuiInputBase-input': { padding: '3.5px 6px' },
            '& .MuiAutocomplete-tag': { margin: 0, height: 24, borderRadius: 6 },
          },
          paper: {
            marginTop: 4,
            border: `1px solid ${tokens.line}`,
            boxShadow: tokens.shadow,
            borderRadius: 9,
            fontSize: 13,
          },
          listbox: {
            maxHeight: 264,
            padding: 4,
            // It says how dense it is for each width apart.
            '& li.MuiAutocomplete-option': { fontSize: 13, minHeight: 30, padding: '4px 8px', borderRadius: 6 },
          },
          noOptions: { fontSize: 13, color: tokens.soft },
          loading: { fontSize: 13, color: tokens.soft },
        },
      },
      MuiMenu: { styleOverrides: { list: { padding: 4 } } },
      MuiMenuItem: {
        styleOverrides: {
          root: {
            fontSize: 13,
            minHeight: 30,
            padding: '4px 8px',
            borderRadius: 6,
            '&:hover, &.Mui-focusVisible': { backgroundColor: tokens.hover },
            '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: tokens.selected },
          },
        },
      },
      MuiDialog: {
        styleOverrides: { paper: { border: `1px solid ${tokens.line}`, boxShadow: tokens.shadow, borderRadius: 12 } },
      },
      MuiDialogTitle: { styleOverrides: { root: { fontSize: 16, fontWeight: 620, padding: '18px 20px 6px' } } },
      MuiDialogContent: {
        styleOverrides: {
          // Of the dialog's width, whatever a text in it would like to have.
          root: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 16, padding: '6px 20px 16px' },
        },
      },
      MuiDialogActions: {
        styleOverrides: { root: { padding: '12px 20px', borderTop: `1px solid ${tokens.line}`, gap: 8 } },
      },
      MuiBackdrop: {
        styleOverrides: {
          root: {
            '&:not(.MuiBackdrop-invisible)': {
              backgroundColor: mode === 'dark' ? 'rgb(4 5 9 / 62%)' : 'rgb(23 26 37 / 34%)',
            },
          },
        },
      },
      MuiDrawer: { styleOverrides: { paper: { backgroundColor: tokens.canvas, border: 0 } } },
      MuiTooltip: {
        defaultProps: { enterDelay: 250, enterNextDelay: 100, disableInteractive: true },
        styleOverrides: {
          tooltip: {
            backgroundColor: mode === 'dark' ? '#2c3243' : '#1d2130',
            color: '#ffffff',
            fontSize: 12,
            fontWeight: 450,
            lineHeight: 1.4,
            padding: '5px 8px',
            borderRadius: 6,
          },
        },
      },
      MuiTabs: {
        styleOverrides: {
          root: { minHeight: 36, borderBottom: `1px solid ${tokens.line}` },
          indicator: { height: 2, borderRadius: 2 },
        },
      },
      MuiTab: {
        styleOverrides: {
          root: {
            minHeight: 36,
            minWidth: 0,
            padding: '8px 2px',
            // On a telephone the first of those that do not fit shows that there are more.
            marginRight: 20,
            [TOUCHED]: { marginRight: 8 },
            fontSize: 13,
            '&.Mui-selected': { color: tokens.ink },
          },
        },
      },
    },
  };
}

export const lightTheme: Theme = createTheme(themeOf('light', LIGHT));
export const darkTheme: Theme = createTheme(themeOf('dark', DARK));
