/** What the Canvara service does: both operations show a contact's connections, the first filtered and shaped as the request says. */
import { type Guid, ZERO_GUID } from '../../contract/field.ts';
import { type Handler, type ServiceContext, ServiceError } from '../../protocols/servicestack/service.ts';
import type { World } from '../../store/world.ts';
import { ContactConnectionModel, type ContactConnectedLinks as LinksRequest, type GetConnectionsToContact as Request } from './contract.ts';
import { type Answer, compare, type View, viewOf } from './view.ts';

type Model = ContactConnectionModel;

function GetConnectionsToContact(request: Request, { world }: ServiceContext): Answer {
  const view = existing(world, request.ContactId);
  if (isPlain(request)) return view.answer;
  const chosen = view.connections.filter((connection) => isWanted(connection, request));
  const sorted = sort(chosen, request);
  return {
    Connections: (request.IsPagedMode ? page(sorted, request) : sorted).map((connection) => allow(connection, request)),
    TotalConnections: chosen.length,
  };
}

const ContactConnectedLinks = (request: LinksRequest, { world }: ServiceContext): object => existing(world, request.ContactId).links;

function existing(world: World, id: Guid): View {
  const view = viewOf(world, id);
  if (view === undefined) throw new ServiceError(404, 'NotFound', `Contact ${id} does not exist`);
  return view;
}

/** Whoever asks for himself may leave his own id out. */
const isForItself = ({ ContactId, RequestorContactId }: Request): boolean =>
  RequestorContactId === ZERO_GUID || RequestorContactId === ContactId;
const isPlain = (request: Request): boolean =>
  isForItself(request) &&
  request.ContactTypeId === ZERO_GUID &&
  !request.IncludeRemoved &&
  !request.IsPagedMode &&
  request.SortIndex === 0 &&
  !isDescending(request);

const isWanted = (connection: Model, { ContactTypeId, IncludeRemoved }: Request): boolean =>
  (IncludeRemoved || connection.ConnectionStatusName !== 'Removed') &&
  (ContactTypeId === ZERO_GUID || connection.Contact?.ContactTypeId === ContactTypeId);

const isDescending = ({ SortOrder }: Request): boolean => SortOrder === 'Descending' || SortOrder === 1;

/** The documented members by number, from 1; 0, and any other number, is the order of the contacts' names. */
const COLUMNS: readonly string[] = ['Contact', ...Object.keys(ContactConnectionModel.fields)];

function sort(connections: readonly Model[], request: Request): readonly Model[] {
  const column = (COLUMNS[request.SortIndex] ?? COLUMNS[0]) as keyof Model;
  // The connections come by name, and sorting is stable: names decide among equals, in either direction.
  const sorted = connections.toSorted((left, right) => compare(sortable(left[column]), sortable(right[column])));
  return isDescending(request) ? sorted.reverse() : sorted;
}
/** None comes first; a contact goes by its name. */
const sortable = (value: Model[keyof Model]): string =>
  value === null ? '' : typeof value === 'object' ? (value.ContactFullName ?? '') : String(value);

/** Pages count from 1; without a size there is one page. */
function page(connections: readonly Model[], { PageNumber, PageSize }: Request): readonly Model[] {
  const size = PageSize > 0 ? PageSize : Number.MAX_SAFE_INTEGER;
  const start = (Math.max(PageNumber, 1) - 1) * size;
  return connections.slice(start, start + size);
}

/** What the requestor may do: end a connection of his own, withdraw a request that he made himself. */
function allow(connection: Model, request: Request): Model {
  if (isForItself(request)) return connection;
  const isOther = connection.Contact?.ContactId === request.RequestorContactId;
  return {
    ...connection,
    AllowCancel: isOther && connection.IsConnectionRequest && connection.IsIncoming,
    AllowRemove: isOther && connection.AllowRemove,
  };
}

export const handlers = { GetConnectionsToContact, ContactConnectedLinks } satisfies Record<string, Handler>;
