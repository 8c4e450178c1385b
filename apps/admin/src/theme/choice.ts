import useMediaQuery from '@mui/material/useMediaQuery';
import { useStore } from 'react-admin';

/** What the operator chose: light, dark, or whatever the system has. */
export type ThemeChoice = 'system' | 'light' | 'dark';

export function useThemeChoice(): [ThemeChoice, (choice: ThemeChoice) => void] {
  return useStore<ThemeChoice>('theme', 'system');
}

/** Whether the console is dark now. */
export function useIsDark(): boolean {
  const [choice] = useThemeChoice();
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)', { noSsr: true });
  return choice === 'system' ? isSystemDark : choice === 'dark';
}
