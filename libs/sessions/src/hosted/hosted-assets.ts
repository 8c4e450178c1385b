/** DI token of `HostedAssets`: what the build made for the cardholder's page. The server binds it. */
export const HOSTED_ASSETS = Symbol('HOSTED_ASSETS');
