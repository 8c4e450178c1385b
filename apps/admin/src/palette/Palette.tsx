import SearchIcon from '@mui/icons-material/Search';
import Dialog from '@mui/material/Dialog';
import { styled } from '@mui/material/styles';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { isUuid } from '../format/card-number';
import type { Screen } from '../layout/screens';
import { destinationOf, numberDestination } from './destinations';
import { useNameSearch } from './name-search';
import { useSessionSearch } from './session-search';
import { SessionHit } from './SessionHit';

const Field = styled('label')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  padding: '0 16px',
  borderBottom: `1px solid ${theme.tokens.line}`,
  '& svg': { fontSize: 19, color: theme.tokens.soft },
  '& input': {
    flex: 1,
    minWidth: 0,
    height: 50,
    border: 0,
    outline: 0,
    background: 'none',
    color: theme.tokens.ink,
    font: 'inherit',
    fontSize: 15,
  },
  '& input::placeholder': { color: theme.tokens.soft, opacity: 1 },
}));

const Results = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: 6,
  maxHeight: 'min(420px, 60vh)',
  overflowY: 'auto',
  '& [role=option]': {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    padding: '7px 10px',
    borderRadius: 7,
    fontSize: 13.5,
    cursor: 'pointer',
  },
  '& [aria-selected=true]': { background: theme.tokens.selected },
  '& svg': { fontSize: 17, color: theme.tokens.soft },
}));

const Hint = styled('p')(({ theme }) => ({ margin: 0, padding: '14px 18px', fontSize: 13, color: theme.tokens.soft }));

/** Of the protocol's transaction ids one alone is looked for, which who has another must know. */
const nothingFound = (text: string): string =>
  isUuid(text.trim())
    ? 'No session of the last 30 days at our 3DS Server has this threeDSServerTransID, and none this reference. dsTransID and acsTransID are not looked for.'
    : 'Nothing has this name, id or number.';

/** Somewhere one can go. */
interface Entry {
  readonly key: string;
  readonly content: ReactNode;
  readonly to: string;
}

/** Goes to any screen, to any id, to any session by what is known of it, and to merchants and users by name. */
export function Palette({ screens, onClose }: { readonly screens: readonly Screen[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const names = screens.map(({ name }) => name);
  const { sessions, isLooking } = useSessionSearch(text, names.includes('sessions'));
  const named = useNameSearch(text, names);
  const destination = destinationOf(text, names) ?? (names.includes('sessions') ? numberDestination(text) : null);
  const entries: readonly Entry[] = [
    ...(destination ? [{ key: destination.to, content: destination.label, to: destination.to }] : []),
    ...sessions
      .map((session) => ({ key: session.id, to: `/sessions/${session.id}`, content: <SessionHit session={session} /> }))
      .filter(({ to }) => to !== destination?.to),
    ...named.map(({ label, to }) => ({ key: to, content: label, to })),
    ...screens
      .filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()))
      .map(({ name, label, icon: Icon }) => ({
        key: name,
        to: `/${name}`,
        content: (
          <>
            <Icon /> {label}
          </>
        ),
      })),
  ];
  const at = Math.min(chosen, entries.length - 1);
  const go = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    void navigate(entry.to);
  };
  const onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setChosen((at + step + entries.length) % Math.max(entries.length, 1));
    else if (event.key === 'Enter') go(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="sm"
      aria-label="Find or go to"
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' }, '& .MuiDialog-paper': { mt: '12vh' } }}
    >
      <Field>
        <SearchIcon />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${at}` : undefined}
          aria-label="A screen, an id, a name, a reference, last four or BIN"
          placeholder="A screen, an id, a name, a reference, last four or BIN"
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setChosen(0);
          }}
          onKeyDown={onKey}
        />
      </Field>
      <Results id={listId} role="listbox" aria-label="Found">
        {entries.map((entry, index) => (
          <li
            key={entry.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseMove={() => setChosen(index)}
            onClick={() => go(entry)}
          >
            {entry.content}
          </li>
        ))}
      </Results>
      {entries.length === 0 && <Hint role="status">{isLooking ? 'Looking …' : nothingFound(text)}</Hint>}
    </Dialog>
  );
}
