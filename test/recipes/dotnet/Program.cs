using System.Net.Http.Headers;
using System.Net.Http.Json;

var url = Environment.GetEnvironmentVariable("CONTACTS_URL") ?? "http://127.0.0.1:4010";
using var client = new HttpClient { BaseAddress = new Uri(url) };
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "worker");
client.DefaultRequestHeaders.Add("X-Mock-World", "dotnet");

var answer = await client.GetFromJsonAsync<ContactResponse>("/v1/ContactConnections/1");
Console.WriteLine(string.Join(", ", answer!.Contact.Select(contact => contact.Name)));

record Contact(int ContactId, string Name);
record ContactResponse(List<Contact> Contact);
