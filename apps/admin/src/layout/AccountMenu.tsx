import DarkModeIcon from '@mui/icons-material/DarkModeOutlined';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import ManageAccountsIcon from '@mui/icons-material/ManageAccountsOutlined';
import ScheduleIcon from '@mui/icons-material/Schedule';
import UnfoldMoreIcon from '@mui/icons-material/UnfoldMore';
import Divider from '@mui/material/Divider';
import MuiMenu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { styled } from '@mui/material/styles';
import { useState, type ReactNode } from 'react';
import { useLogout } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { zoneName } from '../format/time';
import { ROLES, useMe } from '../session/me';
import { useThemeChoice, type ThemeChoice } from '../theme/choice';
import { useNow } from '../ui/now';
import { useTimeZone } from '../ui/time-zone';
import { ZoneDialog } from './ZoneDialog';

const Trigger = styled('button')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 9,
  margin: 8,
  padding: '6px 8px',
  border: 0,
  borderRadius: 7,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  textAlign: 'left',
  cursor: 'pointer',
  '&:hover': { background: theme.palette.mode === 'dark' ? theme.tokens.hover : '#eceef3' },
  '& > svg': { fontSize: 16, color: theme.tokens.soft, marginLeft: 'auto', flex: 'none' },
}));

const Face = styled('span')(({ theme }) => ({
  display: 'grid',
  placeItems: 'center',
  flex: 'none',
  width: 26,
  height: 26,
  borderRadius: '50%',
  background: theme.tokens.tones.info.ground,
  color: theme.tokens.tones.info.ink,
  fontSize: 11,
  fontWeight: 650,
}));

const Who = styled('span')(({ theme }) => ({
  display: 'grid',
  minWidth: 0,
  fontSize: 13,
  fontWeight: 560,
  lineHeight: 1.3,
  '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '& small': { fontSize: 11.5, fontWeight: 400, color: theme.tokens.soft },
}));

const Line = styled('span')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  width: '100%',
  '& svg': { fontSize: 17, color: theme.tokens.soft },
  '& small': { marginLeft: 'auto', paddingLeft: 20, color: theme.tokens.soft, fontSize: 12 },
}));

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

const NEXT: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_NAMES: Readonly<Record<ThemeChoice, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Who is signed in, how they want to see things, and the way out. */
export function AccountMenu({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const me = useMe();
  const logout = useLogout();
  const navigate = useNavigate();
  const [theme, chooseTheme] = useThemeChoice();
  const [zone] = useTimeZone();
  const now = useNow();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isZoneOpen, setZoneOpen] = useState(false);
  const close = (): void => setAnchor(null);
  const item = (icon: ReactNode, label: string, act: () => void, value?: string) => (
    <MenuItem
      onClick={() => {
        close();
        act();
      }}
    >
      <Line>
        {icon}
        {label}
        {value !== undefined && <small>{value}</small>}
      </Line>
    </MenuItem>
  );
  if (!me) return null;
  const { name, role } = me;
  return (
    <>
      <Trigger type="button" aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        <Face aria-hidden>{initials(name)}</Face>
        <Who>
          <span>{name}</span>
          <small>{ROLES[role].name}</small>
        </Who>
        <UnfoldMoreIcon />
      </Trigger>
      <MuiMenu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { sx: { minWidth: 264 } } }}
      >
        {item(<ManageAccountsIcon />, 'Your account', () => void navigate('/account'))}
        <MenuItem onClick={() => chooseTheme(NEXT[theme])}>
          <Line>
            <DarkModeIcon /> Appearance <small>{THEME_NAMES[theme]}</small>
          </Line>
        </MenuItem>
        {item(<ScheduleIcon />, 'Time zone', () => setZoneOpen(true), zoneName(zone, now))}
        {item(<KeyboardIcon />, 'Keyboard shortcuts', onShortcuts, '?')}
        <Divider />
        {item(<LogoutIcon />, 'Sign out', () => void logout())}
      </MuiMenu>
      {isZoneOpen && <ZoneDialog onClose={() => setZoneOpen(false)} />}
    </>
  );
}
