import { TextInput } from '../ui/TextInput';

/** The six digits of an authenticator app. Spaces, as apps show them, are left out. */
export function CodeInput({ value, onChange }: { readonly value: string; readonly onChange: (code: string) => void }) {
  return (
    <TextInput
      label="Code from your app"
      value={value}
      onChange={(text) => onChange(text.replaceAll(/\D/g, '').slice(0, 6))}
      autoFocus
      isRequired
      attributes={{ inputMode: 'numeric', autoComplete: 'one-time-code', pattern: '[0-9]{6}', title: 'Six digits' }}
    />
  );
}
