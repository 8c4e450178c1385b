import { TextInput } from '../ui/TextInput';

/** The shortest that the server takes. */
export const MIN_PASSWORD_LENGTH = 12;

interface NewPasswordProps {
  readonly value: string;
  readonly onChange: (password: string) => void;
  /** What is wrong with it. */
  readonly problem?: string | null;
  readonly autoFocus?: boolean;
}

/** A new password; a manager fills it in as one. */
export function NewPassword({ value, onChange, problem = null, autoFocus = false }: NewPasswordProps) {
  return (
    <TextInput
      label="New password"
      type="password"
      value={value}
      onChange={onChange}
      problem={problem}
      autoFocus={autoFocus}
      isRequired
      hint={`At least ${MIN_PASSWORD_LENGTH} characters. Length counts, special characters do not.`}
      attributes={{ autoComplete: 'new-password', minLength: MIN_PASSWORD_LENGTH, maxLength: 200 }}
    />
  );
}
