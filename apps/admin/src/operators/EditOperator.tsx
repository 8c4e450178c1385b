import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { TextInput } from '../ui/TextInput';
import { edited } from '../ui/edited';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';
import { GrantFields, grantBody } from './GrantFields';
import type { Operator } from './types';

interface EditOperatorProps {
  readonly operator: Operator;
  /** Nobody changes their own rights. */
  readonly isOneself: boolean;
  readonly onClose: () => void;
}

const formOf = ({ name, role, all_merchants, merchant_ids }: Operator) => ({ name, role, all_merchants, merchant_ids });

/** Changes what somebody is called and may do; it counts at once. */
export function EditOperator({ operator, isOneself, onClose }: EditOperatorProps) {
  const there = formOf(operator);
  const { form, type } = useDraft(there);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    const bodyOf = (typed: typeof form) => ({ name: typed.name.trim(), ...(isOneself ? {} : grantBody(typed)) });
    const body = edited(bodyOf(there), bodyOf(form));
    await perform('PATCH operators/{id}', given, { path: { id: operator.id }, body });
    await done('The user is changed.');
    onClose();
  };
  return (
    <ActDialog
      title="Edit the user"
      label="Save"
      explanation={isOneself ? [] : ['Another role or other merchants count at once, also where they are signed in.']}
      of={operator}
      onDo={save}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        names={['name']}
        value={form.name}
        onChange={(name) => type({ name })}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      {!isOneself && <GrantFields grant={form} onChange={type} />}
    </ActDialog>
  );
}
