/** The messages of ServiceStack's sign-in services. */
import { type Dto, dto, type Infer } from '../../../contract/dto.ts';
import { bool, dateTime, list, map, object, string } from '../../../contract/field.ts';
import type { DeclaredOperation } from '../../../derive/declarations/declared.ts';
import { ResponseStatus, SERVICESTACK_TYPES } from '../answer/response-status.ts';

const own = { ns: SERVICESTACK_TYPES, isDataContract: true };

export const Authenticate = dto(
  'Authenticate',
  { ...own, doc: 'Sign In' },
  {
    provider: string('AuthProvider, e.g. credentials').nullable(),
    UserName: string().nullable(),
    Password: string().nullable(),
    RememberMe: bool().nullable(),
    AccessToken: string().nullable(),
    AccessTokenSecret: string().nullable(),
    ReturnUrl: string().nullable(),
    ErrorView: string().nullable(),
    Meta: map().nullable(),
  },
);
export type Authenticate = Infer<typeof Authenticate>;

export const AuthenticateLogout = dto('AuthenticateLogout', { ...own, doc: 'Signs out.' }, { ReturnUrl: string() });

export const AuthenticateResponse = dto(
  'AuthenticateResponse',
  { ...own, doc: 'Who is signed in.' },
  {
    UserId: string().nullable(),
    SessionId: string().nullable(),
    UserName: string().nullable(),
    DisplayName: string().nullable(),
    ReferrerUrl: string().nullable(),
    BearerToken: string('A JWT, after a sign-in only.').nullable(),
    RefreshToken: string('For `/access-token`, after a sign-in only.').nullable(),
    RefreshTokenExpiry: dateTime().nullable(),
    ProfileUrl: string().nullable(),
    Roles: list(string()).nullable(),
    Permissions: list(string()).nullable(),
    AuthProvider: string().nullable(),
    ResponseStatus: object(() => ResponseStatus).nullable(),
    Meta: map().nullable(),
  },
);
export type AuthenticateResponse = Infer<typeof AuthenticateResponse>;

export const GetAccessToken = dto('GetAccessToken', own, { RefreshToken: string().nullable(), Meta: map().nullable() });
export type GetAccessToken = Infer<typeof GetAccessToken>;

export const GetAccessTokenResponse = dto(
  'GetAccessTokenResponse',
  { ...own, doc: 'A bearer token.' },
  {
    AccessToken: string().nullable(),
    Meta: map().nullable(),
    ResponseStatus: object(() => ResponseStatus).nullable(),
  },
);

export const ConvertSessionToToken = dto(
  'ConvertSessionToToken',
  { ...own, doc: 'A bearer token in a cookie for the session.' },
  {
    PreserveSession: bool('Whether the session stays.'),
    Meta: map(),
  },
);
export type ConvertSessionToToken = Infer<typeof ConvertSessionToToken>;

export const ConvertSessionToTokenResponse = dto(
  'ConvertSessionToTokenResponse',
  { ...own, doc: 'Nothing: the token is in a cookie.' },
  {
    Meta: map(),
    AccessToken: string(),
    RefreshToken: string(),
    ResponseStatus: object(() => ResponseStatus),
  },
);

/** The sign-in of generated clients, as the framework's generators show it (servicestack.md §13 F1). */
export const signInDeclarations: readonly DeclaredOperation[] = [
  {
    request: Authenticate,
    response: AuthenticateResponse,
    routes: [
      { path: '/auth', verbs: 'GET,POST' },
      { path: '/auth/{provider}', verbs: 'GET,POST' },
    ],
    method: 'POST',
    api: Authenticate.doc,
    tags: ['auth'],
    isMarked: true,
  },
  {
    request: GetAccessToken,
    response: GetAccessTokenResponse,
    routes: [{ path: '/access-token', verbs: '' }],
    method: 'POST',
    tags: ['auth'],
    isMarked: true,
  },
];

const INTERFACES: ReadonlyMap<Dto, readonly string[]> = new Map<Dto, readonly string[]>([
  [AuthenticateResponse, ['IHasSessionId', 'IHasBearerToken']],
  [Authenticate, ['IPost']],
  [GetAccessToken, ['IPost']],
]);
/** ServiceStack's interfaces that one of its types implements. */
export const interfacesOf = (type: Dto): readonly string[] => INTERFACES.get(type) ?? [];
