import type { FilterField } from '../list/filter-field';
import { ListPage } from '../list/ListPage';
import type { AccountLine } from '../merchants/types';
import { useMerchantField } from '../merchants/use-merchant-field';
import { ACCOUNT_STATES, choicesOf, ENVIRONMENTS } from '../merchants/words';
import { ACCOUNT_COLUMNS } from './columns';

/** Screen 7: what we hold at upstreams for merchants. */
export function AccountList() {
  const fields: readonly FilterField[] = [
    useMerchantField(),
    { kind: 'words', name: 'environment', label: 'Environment', choices: ENVIRONMENTS },
    { kind: 'words', name: 'status', label: 'Status', choices: choicesOf(ACCOUNT_STATES) },
    { kind: 'text', name: 'id', label: 'Account id', hint: 'cac_ and 26 letters', maxLength: 30 },
  ];
  return (
    <ListPage<AccountLine>
      resource="connector-accounts"
      title="Connector accounts"
      columns={ACCOUNT_COLUMNS}
      fields={fields}
      usualSort="-created_at"
      pathOf={({ id }) => `/connector-accounts/${id}`}
      empty={{ title: 'No connector accounts', text: 'They are made on the page of a merchant.' }}
    />
  );
}
