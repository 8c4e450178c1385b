import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { useId } from 'react';
import { useEmptied } from '../session/kept-form';
import { useFieldProblem } from './field-problem';

type Attributes = NonNullable<NonNullable<TextFieldProps['slotProps']>['htmlInput']>;

interface TextInputProps {
  readonly label: string;
  /** What the server calls it: what it has against it is said here. */
  readonly names?: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What is wrong with it, or what to know about it. */
  readonly problem?: string | null;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly attributes?: Attributes;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  readonly lines?: number;
}

/** A field of a form, its name above it. */
export function TextInput({
  label,
  names = [],
  value,
  onChange,
  problem = null,
  hint,
  type = 'text',
  attributes = {},
  isRequired = false,
  autoFocus = false,
  lines = 1,
}: TextInputProps) {
  const id = useId();
  useEmptied(type === 'password', () => onChange(''));
  const refusal = useFieldProblem(names);
  const said = problem ?? [refusal, hint].filter(Boolean).join(' ');
  return (
    <TextField
      id={id}
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      type={type}
      fullWidth
      autoFocus={autoFocus}
      required={isRequired}
      error={problem !== null || refusal !== null}
      helperText={said}
      {...(lines > 1 ? { multiline: true, minRows: lines } : {})}
      slotProps={{ htmlInput: attributes, inputLabel: { required: false } }}
    />
  );
}
