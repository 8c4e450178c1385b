import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import { useMemo, useState } from 'react';
import { BROWSER_ZONE, dateAndTime, zoneName } from '../format/time';
import { useNow } from '../ui/now';
import { useTimeZone } from '../ui/time-zone';

const ZONES = [BROWSER_ZONE, 'UTC', ...Intl.supportedValuesOf('timeZone')];
/** More than a screen of them nobody reads. */
const SHOWN = 60;

const Choices = styled('ul')({ listStyle: 'none', margin: '10px -4px 0', padding: 0, height: 300, overflowY: 'auto' });

const Choice = styled(ButtonBase)(({ theme }) => ({
  width: '100%',
  justifyContent: 'flex-start',
  padding: '5px 8px',
  borderRadius: 6,
  fontSize: 13,
  textAlign: 'left',
  '&:hover': { background: theme.tokens.hover },
  '&[aria-pressed=true]': { background: theme.tokens.selected },
  '& small': { marginLeft: 'auto', paddingLeft: 16, color: theme.tokens.soft },
}));

/** Lets the operator choose in which zone times are shown. */
export function ZoneDialog({ onClose }: { readonly onClose: () => void }) {
  const [zone, choose] = useTimeZone();
  const [text, setText] = useState('');
  const now = useNow();
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/);
    return ZONES.filter((name) => words.every((word) => name.toLowerCase().replaceAll('_', ' ').includes(word))).slice(
      0,
      SHOWN,
    );
  }, [text]);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="zone-title">
      <DialogTitle id="zone-title">Time zone</DialogTitle>
      <DialogContent>
        <TextField
          autoFocus
          fullWidth
          placeholder="Find a city or region"
          value={text}
          onChange={({ target }) => setText(target.value)}
          slotProps={{ htmlInput: { 'aria-label': 'Find a city or region' } }}
        />
        <Choices aria-label="Time zones">
          {found.map((name) => (
            <li key={name}>
              <Choice
                aria-pressed={name === zone}
                onClick={() => {
                  choose(name);
                  onClose();
                }}
              >
                {name === BROWSER_ZONE ? `This browser's: ${zoneName(name, now)}` : zoneName(name, now)}
                <small>{dateAndTime(now.toISOString(), name).slice(-8, -3)}</small>
              </Choice>
            </li>
          ))}
          {found.length === 0 && <li>No zone is called so.</li>}
        </Choices>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
