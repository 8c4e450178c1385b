import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useMerchantNames } from '../merchants/use-merchant-names';
import type { ListFilter } from '../providers/list-query';
import { useTimeZone } from '../ui/time-zone';
import { FieldList } from './FieldList';
import { FilterEditor } from './FilterEditor';
import { CARD_MEMBERS, utcWordsOf, valuesOf, without, wordsOf, type FilterField } from './filter-field';

const Root = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 6, minWidth: 0 });

const Chip = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'center',
  maxWidth: '100%',
  height: 28,
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 7,
  background: theme.tokens.sunken,
  fontSize: 12.5,
  '& button': {
    height: '100%',
    border: 0,
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
    borderRadius: 6,
  },
  '& button:hover': { background: theme.tokens.hover },
  '& button:first-of-type': {
    padding: '0 4px 0 10px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& button:first-of-type b': { fontWeight: 560 },
  '& button:last-of-type': {
    display: 'grid',
    placeItems: 'center',
    width: 24,
    padding: 0,
    flex: 'none',
    color: theme.tokens.soft,
  },
  '& svg': { fontSize: 14 },
}));

/** What is open: the choice of a field, or the editor of one. */
type Open = { readonly anchor: HTMLElement; readonly field: FilterField | null };

interface FilterBarProps {
  readonly fields: readonly FilterField[];
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}

/** What a list is narrowed to: each condition can be read, changed and taken away. */
export function FilterBar({ fields, filter, onChange }: FilterBarProps) {
  const [zone] = useTimeZone();
  const [open, setOpen] = useState<Open | null>(null);
  const merchants = fields.flatMap(({ kind, name }) => (kind === 'merchants' ? valuesOf(filter[name]) : []));
  const nameOf = useMerchantNames(merchants);
  const set = fields.flatMap((field) => {
    const words = wordsOf(field, filter, zone, nameOf);
    return words === null ? [] : [{ field, words }];
  });
  const close = (): void => setOpen(null);
  return (
    <Root>
      <Button
        data-add-filter
        variant="text"
        startIcon={<AddIcon />}
        aria-haspopup="dialog"
        onClick={(event) => setOpen({ anchor: event.currentTarget, field: null })}
        sx={{ minHeight: 28, px: 1 }}
      >
        Filter
      </Button>
      {set.map(({ field, words }) => (
        <Chip key={field.name}>
          <button
            type="button"
            aria-haspopup="dialog"
            title={utcWordsOf(field, filter)}
            onClick={(event) => setOpen({ anchor: event.currentTarget, field })}
          >
            <b>{field.label}</b> {words}
          </button>
          <button
            type="button"
            aria-label={`Remove the filter ${field.label}`}
            onClick={() => onChange(without(filter, field))}
          >
            <CloseIcon />
          </button>
        </Chip>
      ))}
      {set.length > 1 && (
        <Button variant="text" onClick={() => onChange({})} sx={{ minHeight: 28, px: 1 }}>
          Clear
        </Button>
      )}
      {open && (
        <Popover
          open
          anchorEl={open.anchor}
          onClose={close}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
          slotProps={{
            paper: { role: 'dialog', 'aria-label': open.field?.label ?? 'Filter by', sx: { mt: 0.5, width: 296 } },
          }}
        >
          {open.field ? (
            <FilterEditor
              field={open.field}
              filter={filter}
              knowsCards={CARD_MEMBERS.every((name) => fields.some((field) => field.name === name))}
              onDone={(next) => {
                close();
                onChange(next);
              }}
            />
          ) : (
            <FieldList fields={fields} onChoose={(field) => setOpen({ anchor: open.anchor, field })} />
          )}
        </Popover>
      )}
    </Root>
  );
}
