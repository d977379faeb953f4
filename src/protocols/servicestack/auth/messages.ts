/** The messages of ServiceStack's sign-in services. */
import { dto, type Infer } from '../../../contract/dto.ts';
import { bool, dateTime, list, map, object, string } from '../../../contract/field.ts';
import { ResponseStatus, SERVICESTACK_TYPES } from '../answer/response-status.ts';

const own = { ns: SERVICESTACK_TYPES, isDataContract: true };

export const Authenticate = dto(
  'Authenticate',
  { ...own, doc: 'Signs in, or says who is signed in.' },
  {
    provider: string('`credentials`, `basic`, `jwt`, `logout`; none asks who is signed in.'),
    UserName: string('Name of the user.'),
    Password: string('Password of the user.'),
    RememberMe: bool('Whether the session outlives the browser.').nullable(),
    AccessToken: string(),
    AccessTokenSecret: string(),
    ReturnUrl: string('Where a browser goes then.'),
    ErrorView: string(),
    Meta: map(),
  },
);
export type Authenticate = Infer<typeof Authenticate>;

export const AuthenticateLogout = dto(
  'AuthenticateLogout',
  { ...own, doc: 'Signs out.' },
  { ReturnUrl: string('Where a browser goes then.') },
);

export const AuthenticateResponse = dto(
  'AuthenticateResponse',
  { ...own, doc: 'Who is signed in.' },
  {
    UserId: string(),
    SessionId: string(),
    UserName: string(),
    DisplayName: string(),
    ReferrerUrl: string(),
    BearerToken: string('A JWT, after a sign-in only.'),
    RefreshToken: string('For `/access-token`, after a sign-in only.'),
    RefreshTokenExpiry: dateTime().nullable(),
    ProfileUrl: string(),
    Roles: list(string()),
    Permissions: list(string()),
    AuthProvider: string(),
    ResponseStatus: object(() => ResponseStatus),
    Meta: map(),
  },
);
export type AuthenticateResponse = Infer<typeof AuthenticateResponse>;

export const GetAccessToken = dto(
  'GetAccessToken',
  { ...own, doc: 'A new bearer token for a refresh token.' },
  {
    RefreshToken: string(),
    Meta: map(),
  },
);
export type GetAccessToken = Infer<typeof GetAccessToken>;

export const GetAccessTokenResponse = dto(
  'GetAccessTokenResponse',
  { ...own, doc: 'A bearer token.' },
  {
    AccessToken: string(),
    Meta: map(),
    ResponseStatus: object(() => ResponseStatus),
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
