import Button from '@mui/material/Button';
import type { Choice } from '../list/filter-field';
import type { ChannelLine } from '../merchants/types';
import type { Rows } from '../merchants/use-of-merchant';
import { SelectInput } from '../ui/SelectInput';

interface ChannelInputProps {
  readonly label: string;
  readonly value: string;
  readonly channels: Rows<ChannelLine>;
  /** Offered before the channels. */
  readonly none?: Choice;
  readonly onChange: (id: string) => void;
  readonly hint?: string;
}

/** A choice of one of a merchant's channels. */
export function ChannelInput({ label, value, channels, none, onChange, hint }: ChannelInputProps) {
  const { rows = [], more } = channels;
  return (
    <div>
      <SelectInput
        label={label}
        value={value}
        choices={[...(none ? [none] : []), ...rows.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={onChange}
        {...(hint === undefined ? {} : { hint })}
      />
      {more && (
        <Button variant="text" onClick={more}>
          Offer more channels
        </Button>
      )}
    </div>
  );
}
