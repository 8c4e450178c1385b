import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { styled } from '@mui/material/styles';
import { MONO } from '../theme/tokens';
import type { Screen } from './screens';
import { MODIFIER } from './shortcuts';

const Columns = styled('div')({ columns: '260px 2', columnGap: 32 });

const Part = styled('section')(({ theme }) => ({
  breakInside: 'avoid',
  marginBottom: 14,
  '& h3': { margin: '4px 0', fontSize: 12, fontWeight: 600, color: theme.tokens.soft },
  '& dl': { display: 'grid', gridTemplateColumns: '1fr auto', gap: '5px 16px', margin: 0, fontSize: 13 },
  '& dd': { margin: 0, textAlign: 'right' },
  '& kbd': {
    display: 'inline-block',
    minWidth: 20,
    padding: '0 5px',
    border: `1px solid ${theme.tokens.lineStrong}`,
    borderRadius: 4,
    fontFamily: MONO,
    fontSize: 11.5,
    lineHeight: '18px',
    textAlign: 'center',
  },
}));

/** What a key does, and the keys: two are hit one after the other. */
type Line = readonly [label: string, ...keys: string[]];

const EVERYWHERE: readonly Line[] = [
  ['Find or go to', `${MODIFIER}K`],
  ['The same, with one key', '/'],
  ['This help', '?'],
  ['Close what is open', 'Esc'],
];

const IN_LISTS: readonly Line[] = [
  ['Next row', 'j'],
  ['Previous row', 'k'],
  ['Open the row', 'Enter'],
  ['Select the row', 'x'],
  ['Next page', 'n'],
  ['Previous page', 'p'],
  ['Add a filter', 'f'],
  ['Load the newest', 'r'],
];

/** Every key of the console. */
export function ShortcutsDialog({
  screens,
  onClose,
}: {
  readonly screens: readonly Screen[];
  readonly onClose: () => void;
}) {
  const places = screens.map(({ label, key }): Line => [label, 'g', key]);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title">Keyboard shortcuts</DialogTitle>
      <DialogContent tabIndex={0}>
        <Columns>
          {(
            [
              ['Everywhere', EVERYWHERE],
              ['In lists', IN_LISTS],
              ['Go to', places],
            ] as const
          ).map(
            ([title, lines]) =>
              lines.length > 0 && (
                <Part key={title}>
                  <h3>{title}</h3>
                  <dl>
                    {lines.map(([label, ...keys]) => (
                      <Keys key={label} label={label} keys={keys} />
                    ))}
                  </dl>
                </Part>
              ),
          )}
        </Columns>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

function Keys({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <span key={key}>
            {' '}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dd>
    </>
  );
}
