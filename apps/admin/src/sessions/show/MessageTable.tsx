import { styled } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { MONO } from '../../theme/tokens';
import { Copyable } from '../../ui/Copyable';
import type { FieldExplanation, Message } from '../types';
import { differences, flat, isTelling, type Difference } from './differences';
import { useExplanations } from './explanations';
import { isIdOf } from './ids';

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  borderCollapse: 'collapse',
  tableLayout: 'fixed',
  fontSize: 12.5,
  '& th': { textAlign: 'left', fontSize: 12, fontWeight: 560, color: theme.tokens.soft, padding: '4px 16px' },
  '& td': {
    padding: '6px 16px',
    verticalAlign: 'top',
    borderTop: `1px solid ${theme.tokens.line}`,
    overflowWrap: 'anywhere',
  },
  '& td:first-of-type': { fontWeight: 560 },
  '& td small': { display: 'block', fontWeight: 400, fontSize: 11.5, color: theme.tokens.soft },
  '& code': { fontFamily: MONO, fontSize: 12 },
  '& tr[data-telling] > td': { background: theme.tokens.tones.warn.ground },
  '& tr[data-kind=only_here] .there, & tr[data-kind=only_there] .here': { color: theme.tokens.soft },
  [theme.breakpoints.down('sm')]: {
    '& thead': { display: 'none' },
    '& tr': { display: 'block', padding: '7px 16px', borderTop: `1px solid ${theme.tokens.line}` },
    '& td': { display: 'block', padding: 0, border: 0 },
  },
}));

const Search = styled('div')({ padding: '0 16px 10px' });

interface MessageTableProps {
  readonly message: Message;
  /** The same message of another session, to hold it against. */
  readonly other: Message | null;
}

/** A message field by field: what it says, what that means, and where another says otherwise. */
export function MessageTable({ message, other }: MessageTableProps) {
  const explain = useExplanations();
  const [text, setText] = useState('');
  const [isBrief, setBrief] = useState(true);
  const all = differences(flat(message.body ?? {}), flat(other?.body ?? {}));
  const telling = all.filter(isTelling);
  const shown = (other && isBrief ? telling : all).filter(({ name, here, there }) =>
    `${name} ${here ?? ''} ${there ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return (
    <>
      <Search>
        <TextField
          fullWidth
          placeholder="Find a field or a value"
          value={text}
          onChange={({ target }) => setText(target.value)}
          slotProps={{ htmlInput: { 'aria-label': 'Find a field or a value' } }}
        />
      </Search>
      {other && (
        <Search>
          <label>
            <input type="checkbox" checked={isBrief} onChange={() => setBrief(!isBrief)} /> Only what differs (
            {telling.length})
          </label>
        </Search>
      )}
      <Table>
        <thead>
          <tr>
            <th style={{ width: other ? '30%' : '34%' }}>Field</th>
            <th>{other ? 'This session' : 'Value'}</th>
            {other && <th>The approved one</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row
              key={one.name}
              difference={one}
              explanation={explain(message, one.name)}
              isCompared={other !== null}
              isMarked={other !== null && !isBrief && isTelling(one)}
            />
          ))}
          {shown.length === 0 && (
            <tr>
              <td colSpan={other ? 3 : 2}>{nothing(text, other)}</td>
            </tr>
          )}
        </tbody>
      </Table>
    </>
  );
}

function nothing(text: string, other: Message | null): string {
  if (text !== '') return 'No field matches.';
  return other ? 'Both say the same, ids and times aside.' : 'There is nothing in it.';
}

interface RowProps {
  readonly difference: Difference;
  readonly explanation: FieldExplanation | null;
  readonly isCompared: boolean;
  /** Stands out among fields that are the same. */
  readonly isMarked: boolean;
}

function Row({ difference: { name, here, there, kind }, explanation, isCompared, isMarked }: RowProps) {
  return (
    <tr data-kind={kind} data-telling={isMarked ? '' : undefined}>
      <td>
        <Tooltip title={explanation ? [explanation.format, explanation.rule].filter(Boolean).join('. ') : ''}>
          <span>{name}</span>
        </Tooltip>
        {explanation?.description && <small>{explanation.description}</small>}
      </td>
      <td className="here">
        <Value name={name} value={here} explanation={explanation} />
      </td>
      {isCompared && (
        <td className="there">
          <Value name={name} value={there} explanation={explanation} />
        </td>
      )}
    </tr>
  );
}

interface ValueProps {
  readonly name: string;
  readonly value: string | null;
  readonly explanation: FieldExplanation | null;
}

function Value({ name, value, explanation }: ValueProps) {
  if (value === null) return <>not sent</>;
  const meaning = explanation?.values[value];
  return (
    <>
      {isIdOf(name, value) ? <Copyable text={value} name={name} isWhole /> : <code>{value}</code>}
      {meaning !== undefined && <small>{meaning}</small>}
    </>
  );
}
