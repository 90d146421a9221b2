using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace WebRag.Tests;

/// <summary>A visitor without a browser: cookies and the token, as a page has them.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClientHandler _handler;

    private Visitor(Uri address)
    {
        _handler = new HttpClientHandler { CookieContainer = new System.Net.CookieContainer(), AllowAutoRedirect = false };
        Client = new HttpClient(_handler) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public JsonElement Session { get; private set; }

    public string Token => Session.GetProperty("token").GetString()!;

    public static async Task<Visitor> ArriveAsync(Uri address)
    {
        Visitor visitor = new(address);
        visitor.Session = await visitor.Client.GetFromJsonAsync<JsonElement>("/api/session");
        visitor.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", visitor.Token);
        return visitor;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Client.PostAsJsonAsync(path, body);

    /// <summary>Asks and gives the answer, which must be a success.</summary>
    public async Task<JsonElement> PostJsonAsync(string path, object body)
    {
        using HttpResponseMessage response = await PostAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Sends a file; the answer is not checked.</summary>
    public async Task<HttpResponseMessage> SendAsync(string name, byte[] content)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent(content) };
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        return await Client.SendAsync(request);
    }

    /// <summary>Sends a file and waits for what becomes of it.</summary>
    public async Task<JsonElement> UploadAsync(string name, byte[] content)
    {
        using HttpResponseMessage response = await SendAsync(name, content);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        JsonElement upload = await response.Content.ReadFromJsonAsync<JsonElement>();
        while (upload.GetProperty("state").GetString() is "waiting" or "indexing")
        {
            await Task.Delay(50);
            upload = await Client.GetFromJsonAsync<JsonElement>($"/api/uploads/{upload.GetProperty("id").GetString()}");
        }

        return upload;
    }

    /// <summary>The events of a question's answer.</summary>
    public async Task<List<(string Name, JsonElement Data)>> AskAsync(object request)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(request) };
        using HttpResponseMessage response = await Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {(response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync())}");
        List<(string, JsonElement)> events = [];
        await foreach ((string, JsonElement) item in EventsAsync(response))
        {
            events.Add(item);
        }

        return events;
    }

    public static async IAsyncEnumerable<(string Name, JsonElement Data)> EventsAsync(HttpResponseMessage response)
    {
        response.EnsureSuccessStatusCode();
        await foreach (SseItem<string> item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            yield return (item.EventType, JsonDocument.Parse(item.Data).RootElement);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}
