import { useQuery } from '@tanstack/react-query';
import { call } from '../providers/http';

/** The ways in that this server has: `GET /admin/api/auth/sign-in`. */
export interface Ways {
  readonly identity_provider: { readonly name: string } | null;
  /** Whether passwords are offered; where they are not they are for emergencies. */
  readonly password: boolean;
}

const PASSWORD_ONLY: Ways = { identity_provider: null, password: true };

/** Undefined until it is known. When the server does not say there is a password to try, which then says why. */
export function useWays(): Ways | undefined {
  const { data, isError } = useQuery({
    queryKey: ['auth', 'ways'],
    queryFn: () => call<Ways>('GET', 'auth/sign-in'),
    staleTime: 60_000,
  });
  return isError ? PASSWORD_ONLY : data;
}

/** Leaves for the identity provider. @throws ApiError when it cannot be reached */
export async function goToProvider(): Promise<void> {
  const { authorization_url: url } = await call<{ authorization_url: string }>('POST', 'auth/oidc/begin');
  window.location.assign(url);
}

/** A second factor of ours, for whom the provider has named. */
export interface ProviderFactor {
  readonly totp?: string;
  readonly recovery_code?: string;
}

/** Shows it. @throws ApiError */
export const showProviderFactor = (factor: ProviderFactor): Promise<null> =>
  call('POST', 'auth/oidc/second-factor', { body: factor });
