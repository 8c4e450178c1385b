import Autocomplete, { type AutocompleteInputChangeReason } from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useMerchantNames } from './use-merchant-names';
import { useMerchantSearch } from './use-merchant-search';

const LONGEST_NAME = 100;

/** What both have in common: the server finds, what was found before it or is chosen keeps its name. */
function useFinding(chosen: readonly string[]) {
  const [typed, setTyped] = useState('');
  const { names, hasMore, isLooking } = useMerchantSearch(typed);
  const nameOf = useMerchantNames(chosen);
  return {
    hint: hasMore ? 'There are more: write a part of the name.' : undefined,
    finding: {
      fullWidth: true,
      autoHighlight: true,
      options: [...names.keys()],
      filterOptions: (options: string[]) => options,
      getOptionLabel: (id: string) => names.get(id) ?? nameOf(id),
      getOptionKey: (id: string) => id,
      loading: isLooking,
      loadingText: 'Looking …',
      noOptionsText: 'No merchant of this name',
      // Nothing to take yet: the form around it is not sent without it either.
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && typed !== '' && isLooking) event.preventDefault();
      },
      onInputChange: (_: unknown, text: string, reason: AutocompleteInputChangeReason) =>
        // What stands there because it was chosen is not looked for.
        setTyped(reason === 'input' ? text : ''),
    },
  } as const;
}

interface MerchantsInputProps {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly autoFocus?: boolean;
}

/** A choice of some merchants, looked for by name. */
export function MerchantsInput({ label, chosen, onChange, autoFocus = false }: MerchantsInputProps) {
  const { finding, hint } = useFinding(chosen);
  // The same list while nothing is chosen: with another one what is being written would be wiped away.
  const value = useMemo(() => [...chosen], [chosen]);
  return (
    <Autocomplete
      {...finding}
      multiple
      filterSelectedOptions
      openOnFocus={chosen.length === 0}
      value={value}
      onChange={(_, ids) => onChange(ids)}
      renderInput={({ slotProps, ...given }) => (
        <TextField
          {...given}
          label={label}
          placeholder="A part of the name"
          autoFocus={autoFocus}
          helperText={hint}
          slotProps={{ ...slotProps, htmlInput: { ...slotProps.htmlInput, maxLength: LONGEST_NAME } }}
        />
      )}
    />
  );
}

interface MerchantInputProps {
  readonly label: string;
  /** Empty: none yet. */
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** A choice of one merchant, looked for by name. */
export function MerchantInput({ label, value, onChange }: MerchantInputProps) {
  const { finding, hint } = useFinding(value === '' ? [] : [value]);
  return (
    <Autocomplete
      {...finding}
      openOnFocus
      value={value === '' ? null : value}
      onChange={(_, id) => onChange(id ?? '')}
      renderInput={({ slotProps, ...given }) => (
        <TextField
          {...given}
          label={label}
          placeholder="A part of the name"
          helperText={hint}
          slotProps={{ ...slotProps, htmlInput: { ...slotProps.htmlInput, maxLength: LONGEST_NAME } }}
        />
      )}
    />
  );
}
