import { styled } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { FilterField } from './filter-field';

const Root = styled('div')(({ theme }) => ({
  padding: 8,
  '& ul': { listStyle: 'none', margin: '6px 0 0', padding: 0, maxHeight: 320, overflowY: 'auto' },
  '& li button': {
    width: '100%',
    padding: '5px 8px',
    border: 0,
    borderRadius: 6,
    background: 'none',
    color: theme.tokens.ink,
    font: 'inherit',
    fontSize: 13,
    textAlign: 'left',
    cursor: 'pointer',
  },
  '& li button:hover, & li button:focus-visible': { background: theme.tokens.hover, outline: 'none' },
}));

interface FieldListProps {
  readonly fields: readonly FilterField[];
  readonly onChoose: (field: FilterField) => void;
}

/** All that a list can be narrowed by. Enter takes the first that is found. */
export function FieldList({ fields, onChoose }: FieldListProps) {
  const [text, setText] = useState('');
  const found = fields.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Root>
      <TextField
        autoFocus
        fullWidth
        placeholder="Filter by"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          onChoose(first);
        }}
        slotProps={{ htmlInput: { 'aria-label': 'Filter by' } }}
      />
      <ul>
        {found.map((field) => (
          <li key={field.name}>
            <button type="button" onClick={() => onChoose(field)}>
              {field.label}
            </button>
          </li>
        ))}
      </ul>
    </Root>
  );
}
