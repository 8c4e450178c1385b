import SearchIcon from '@mui/icons-material/Search';
import { styled } from '@mui/material/styles';
import { Link, useLocation } from 'react-router-dom';
import { NARROW } from '../theme/theme';
import { MONO } from '../theme/tokens';
import { AccountMenu } from './AccountMenu';
import { Mark } from './Mark';
import { GROUPS, type Screen } from './screens';
import { MODIFIER } from './shortcuts';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  height: '100%',
  width: 224,
  background: theme.tokens.canvas,
  color: theme.tokens.ink,
}));

const Top = styled('div')({ padding: '14px 16px 10px', '& > a': { color: 'inherit', textDecoration: 'none' } });

const Find = styled('button')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  margin: '0 10px 8px',
  padding: '0 8px',
  height: 32,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 7,
  background: theme.tokens.surface,
  color: theme.tokens.soft,
  font: 'inherit',
  fontSize: 13,
  cursor: 'pointer',
  '&:hover': { borderColor: theme.tokens.lineStrong },
  '& svg': { fontSize: 16 },
  '& kbd': { marginLeft: 'auto', fontFamily: MONO, fontSize: 11 },
}));

const Scroll = styled('nav')({ flex: 1, overflowY: 'auto', padding: '0 10px 10px' });

const Group = styled('div')(({ theme }) => ({
  '& h2': {
    margin: '14px 8px 4px',
    fontSize: 11.5,
    fontWeight: 600,
    color: theme.tokens.soft,
  },
  '& ul': { listStyle: 'none', margin: 0, padding: 0 },
}));

const Item = styled(Link)(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 9,
  height: 30,
  padding: '0 8px',
  borderRadius: 6,
  color: theme.tokens.ink,
  fontSize: 13,
  fontWeight: 500,
  textDecoration: 'none',
  [theme.breakpoints.down(NARROW)]: { height: 38, fontSize: 14 },
  '& svg': { fontSize: 17, color: theme.tokens.soft },
  '&:hover': { background: theme.palette.mode === 'dark' ? theme.tokens.hover : '#eceef3' },
  '&[aria-current]': {
    background: theme.palette.mode === 'dark' ? theme.tokens.raised : '#e4e7f0',
    '& svg': { color: theme.tokens.accent },
  },
}));

interface MenuProps {
  readonly screens: readonly Screen[];
  readonly onFind: () => void;
  readonly onShortcuts: () => void;
}

/** Where one can go, and who is signed in. */
export function Menu({ screens, onFind, onShortcuts }: MenuProps) {
  const { pathname } = useLocation();
  return (
    <Root>
      <Top>
        <Link to="/">
          <Mark />
        </Link>
      </Top>
      <Find type="button" onClick={onFind}>
        <SearchIcon />
        Find or go to
        <kbd>{MODIFIER}K</kbd>
      </Find>
      <Scroll aria-label="Screens">
        {GROUPS.map((group) => {
          const inGroup = screens.filter((screen) => screen.group === group);
          if (inGroup.length === 0) return null;
          return (
            <Group key={group}>
              {group !== '' && <h2>{group}</h2>}
              <ul>
                {inGroup.map(({ name, label, icon: Icon }) => (
                  <li key={name}>
                    <Item to={`/${name}`} aria-current={pathname.split('/')[1] === name ? 'page' : undefined}>
                      <Icon />
                      {label}
                    </Item>
                  </li>
                ))}
              </ul>
            </Group>
          );
        })}
      </Scroll>
      <AccountMenu onShortcuts={onShortcuts} />
    </Root>
  );
}
