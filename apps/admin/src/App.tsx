import { QueryClient } from '@tanstack/react-query';
import { CoreAdminContext, CoreAdminUI, CustomRoutes, Resource } from 'react-admin';
import { BrowserRouter, Navigate, Route } from 'react-router-dom';
import { Account } from './account/Account';
import { offered } from './layout/screens';
import { Shell } from './layout/Shell';
import { authProvider } from './providers/auth-provider';
import { dataProvider } from './providers/data-provider';
import { isPassing } from './providers/errors';
import { SCREENS } from './screens';
import { useMe, type Me } from './session/me';
import { preferences } from './session/preferences';
import { Enrol } from './signin/Enrol';
import { Invitation } from './signin/Invitation';
import { SignedIn } from './signin/SignedIn';
import { SignIn } from './signin/SignIn';
import { Look } from './theme/Look';
import { Failure, Forbidden, Loading, NotFound } from './ui/states';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && isPassing(error),
      staleTime: 2_000,
      // Without a network a question fails, and that is said; it does not wait in silence for one to come.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
  },
});

/** The console. */
export function App() {
  return (
    <BrowserRouter basename="/admin">
      <CoreAdminContext
        dataProvider={dataProvider}
        authProvider={authProvider}
        queryClient={queryClient}
        store={preferences}
      >
        <Look>
          <CoreAdminUI
            title="Countersign"
            layout={Shell}
            loginPage={SignIn}
            dashboard={Home}
            loading={Loading}
            catchAll={Nowhere}
            accessDenied={Forbidden}
            error={({ error, resetErrorBoundary }) => <Failure error={error} retry={() => resetErrorBoundary(null)} />}
            requireAuth
            disableTelemetry
          >
            {(me?: Me) => [
              ...offered(SCREENS, me).map(({ name, list, show: Show }) => (
                <Resource key={name} name={name} list={list}>
                  {Show && <Route path=":id" element={<Show />} />}
                </Resource>
              )),
              <CustomRoutes key="inside">
                <Route path="/account" element={<Account />} />
              </CustomRoutes>,
              <CustomRoutes key="outside" noLayout>
                <Route path="/invitation" element={<Invitation />} />
                <Route path="/signed-in" element={<SignedIn />} />
                <Route path="/enrol" element={<Enrol />} />
              </CustomRoutes>,
            ]}
          </CoreAdminUI>
        </Look>
      </CoreAdminContext>
    </BrowserRouter>
  );
}

/** The first thing that one may see. */
function Home() {
  const [first] = offered(SCREENS, useMe());
  return <Navigate to={first ? `/${first.name}` : '/account'} replace />;
}

function Nowhere() {
  return (
    <NotFound title="There is no such page">
      It may be one that your role does not see, or that this server does not have.
    </NotFound>
  );
}
