import BookmarkAddIcon from '@mui/icons-material/BookmarkAddOutlined';
import CloseIcon from '@mui/icons-material/Close';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { styled } from '@mui/material/styles';
import { useState, type FormEvent } from 'react';
import { useStore } from 'react-admin';
import type { ListFilter } from '../providers/list-query';
import { useMe } from '../session/me';
import { NARROW } from '../theme/theme';
import { TextInput } from '../ui/TextInput';

/** A filter with a name. */
export interface View {
  readonly name: string;
  readonly filter: ListFilter;
  /** How many rows it has, where that is known and worth to be told. */
  readonly count?: number;
}

const Strip = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minWidth: 0,
  overflowX: 'auto',
  scrollbarWidth: 'none',
  // Where there are more than fit, the last that is seen fades.
  [theme.breakpoints.down(NARROW)]: {
    paddingRight: 28,
    maskImage: 'linear-gradient(to right, #000 calc(100% - 28px), transparent)',
  },
  '& > span': { display: 'inline-flex', alignItems: 'center', flex: 'none', borderRadius: 7 },
  '& > span > button': {
    height: 28,
    padding: '0 10px',
    border: 0,
    borderRadius: 7,
    background: 'none',
    color: theme.tokens.soft,
    font: 'inherit',
    fontSize: 13,
    fontWeight: 540,
    cursor: 'pointer',
    whiteSpace: 'nowrap',
  },
  '& > span > button:hover': { color: theme.tokens.ink, background: theme.tokens.hover },
  '& > span > button[aria-pressed=true]': { color: theme.tokens.ink, background: theme.tokens.selected },
  '& > span > button + button': { display: 'grid', placeItems: 'center', width: 22, padding: 0, marginLeft: -4 },
  '& svg': { fontSize: 14 },
  '& b': {
    marginLeft: 6,
    padding: '1px 6px',
    borderRadius: 99,
    fontSize: 11.5,
    fontWeight: 600,
    color: theme.tokens.tones.bad.ink,
    background: theme.tokens.tones.bad.ground,
  },
}));

const Form = styled('form')({ display: 'grid', gap: 10, padding: 12, width: 280 });

/** Filters say the same whatever the order of their members. */
const isSame = (one: ListFilter, other: ListFilter): boolean => textOf(one) === textOf(other);
const textOf = (filter: ListFilter): string =>
  JSON.stringify(Object.entries(filter).sort(([one], [other]) => one.localeCompare(other)));

interface ViewsProps {
  readonly resource: string;
  /** Ours; the first is the list without a filter. */
  readonly usual: readonly View[];
  readonly filter: ListFilter;
  readonly onChoose: (filter: ListFilter) => void;
}

/** Filters that were thought of before: ours, and those that the operator saved in this browser. */
export function Views({ resource, usual, filter, onChoose }: ViewsProps) {
  const me = useMe();
  const [saved, setSaved] = useStore<readonly View[]>(`views.${me?.id ?? ''}.${resource}`, []);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [name, setName] = useState('');
  const isKnown = [...usual, ...saved].some((view) => isSame(view.filter, filter));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const view = { name: name.trim(), filter };
    setSaved([...saved.filter((one) => one.name !== view.name), view]);
    setAnchor(null);
    setName('');
  };
  const choice = ({ name: label, filter: wanted, count = 0 }: View) => (
    <button type="button" aria-pressed={isSame(wanted, filter)} onClick={() => onChoose(wanted)}>
      {label}
      {count > 0 && <b>{count}</b>}
    </button>
  );
  return (
    <Strip role="group" aria-label="Views">
      {usual.map((view) => (
        <span key={view.name}>{choice(view)}</span>
      ))}
      {saved.map((view) => (
        <span key={`saved ${view.name}`}>
          {choice(view)}
          <button
            type="button"
            aria-label={`Delete the view ${view.name}`}
            onClick={() => setSaved(saved.filter((one) => one.name !== view.name))}
          >
            <CloseIcon />
          </button>
        </span>
      ))}
      {!isKnown && (
        <span>
          <button type="button" aria-haspopup="dialog" onClick={(event) => setAnchor(event.currentTarget)}>
            <BookmarkAddIcon style={{ verticalAlign: -2 }} /> Save view
          </button>
        </span>
      )}
      {anchor && (
        <Popover
          open
          anchorEl={anchor}
          onClose={() => setAnchor(null)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          slotProps={{ paper: { role: 'dialog', 'aria-label': 'Save view' } }}
        >
          <Form onSubmit={save}>
            <TextInput
              label="Name of the view"
              value={name}
              onChange={setName}
              hint="Kept in this browser, for you."
              autoFocus
              isRequired
              attributes={{ maxLength: 40 }}
            />
            <Button type="submit" variant="contained" color="primary">
              Save
            </Button>
          </Form>
        </Popover>
      )}
    </Strip>
  );
}
