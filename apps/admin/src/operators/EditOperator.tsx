import { useState } from 'react';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { GrantFields, grantBody } from './GrantFields';
import type { Grant, Operator } from './types';

interface EditOperatorProps {
  readonly operator: Operator;
  /** Nobody changes their own rights. */
  readonly isOneself: boolean;
  readonly onClose: () => void;
}

/** Changes what somebody is called and may do; it counts at once. */
export function EditOperator({ operator, isOneself, onClose }: EditOperatorProps) {
  const [name, setName] = useState(operator.name);
  const [grant, setGrant] = useState<Grant>(operator);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    const rights = isOneself ? {} : grantBody(grant);
    const body = { name: name.trim(), ...rights };
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
      <TextInput label="Name" value={name} onChange={setName} isRequired autoFocus attributes={{ maxLength: 100 }} />
      {!isOneself && <GrantFields grant={grant} onChange={setGrant} />}
    </ActDialog>
  );
}
