import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Suspense, useState, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { SCREENS } from '../screens';
import { Palette } from '../palette/Palette';
import { EndedDialog } from '../session/EndedDialog';
import { EndWatch } from '../session/EndWatch';
import { IdleWatch } from '../session/IdleWatch';
import { useMe } from '../session/me';
import { NARROW } from '../theme/theme';
import { Loading } from '../ui/states';
import { Boundary } from './Boundary';
import { Mark } from './Mark';
import { Menu } from './Menu';
import { Notes } from './Notes';
import { offered } from './screens';
import { useShortcuts } from './shortcuts';
import { ShortcutsDialog } from './ShortcutsDialog';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: '224px minmax(0, 1fr)',
  minHeight: '100vh',
  background: theme.tokens.canvas,
  [theme.breakpoints.down(NARROW)]: { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'auto 1fr' },
}));

const Side = styled('aside')({ position: 'sticky', top: 0, height: '100vh' });

const Content = styled('main')(({ theme }) => ({
  minWidth: 0,
  background: theme.tokens.surface,
  borderLeft: `1px solid ${theme.tokens.line}`,
  [theme.breakpoints.down(NARROW)]: { borderLeft: 0 },
}));

const Bar = styled('header')(({ theme }) => ({
  position: 'sticky',
  top: 0,
  zIndex: theme.zIndex.appBar,
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  height: 48,
  padding: '0 10px',
  background: theme.tokens.canvas,
  borderBottom: `1px solid ${theme.tokens.line}`,
  '& > :last-child': { marginLeft: 'auto' },
  '& svg': { fontSize: 22 },
}));

const Skip = styled('a')(({ theme }) => ({
  position: 'fixed',
  zIndex: theme.zIndex.tooltip,
  top: 8,
  left: 8,
  padding: '8px 14px',
  borderRadius: 7,
  background: theme.tokens.raised,
  '&:not(:focus)': { clipPath: 'inset(50%)' },
}));

/** What is around every screen: the menu, notes, and what works at every place. */
export function Shell({ children }: { readonly children?: ReactNode }) {
  const isNarrow = useMediaQuery((theme) => theme.breakpoints.down(NARROW));
  const navigate = useNavigate();
  const { pathname, key } = useLocation();
  const screens = offered(SCREENS, useMe());
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [shownAt, setShownAt] = useState(key);
  if (shownAt !== key) {
    // Whoever went somewhere is done with the menu.
    setShownAt(key);
    setMenuOpen(false);
  }
  const find = (): void => setPaletteOpen(true);
  useShortcuts({
    'mod+k': find,
    '/': find,
    '?': () => setHelpOpen(true),
    ...Object.fromEntries(screens.map((screen) => [`g ${screen.key}`, () => void navigate(`/${screen.name}`)])),
  });
  const menu = <Menu screens={screens} onFind={find} onShortcuts={() => setHelpOpen(true)} />;
  return (
    <Root>
      <Skip href="#content">Skip to content</Skip>
      {isNarrow ? (
        <Bar>
          <IconButton aria-label="Open the menu" onClick={() => setMenuOpen(true)}>
            <MenuIcon />
          </IconButton>
          <Mark />
          <IconButton aria-label="Find or go to" onClick={find}>
            <SearchIcon />
          </IconButton>
          <Drawer open={isMenuOpen} onClose={() => setMenuOpen(false)}>
            {menu}
          </Drawer>
        </Bar>
      ) : (
        <Side>{menu}</Side>
      )}
      <Content id="content" tabIndex={-1}>
        <Boundary key={pathname}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </Boundary>
      </Content>
      {isPaletteOpen && <Palette screens={screens} onClose={() => setPaletteOpen(false)} />}
      {isHelpOpen && <ShortcutsDialog screens={screens} onClose={() => setHelpOpen(false)} />}
      <EndWatch />
      <EndedDialog />
      <IdleWatch />
      <Notes />
    </Root>
  );
}
