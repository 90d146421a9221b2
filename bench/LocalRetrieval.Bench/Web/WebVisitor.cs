using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace LocalRetrieval.Bench.Web;

/// <summary>A visitor of the web application.</summary>
internal sealed class WebVisitor : IDisposable
{
    private readonly HttpClient _client;

    private WebVisitor(HttpClient client) => _client = client;

    public static async Task<WebVisitor> ArriveAsync(Uri address)
    {
        HttpClient client = new(new SocketsHttpHandler { CookieContainer = new System.Net.CookieContainer() }) { BaseAddress = address };
        JsonElement session = await client.GetFromJsonAsync<JsonElement>("/api/session");
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session.GetProperty("token").GetString());
        return new WebVisitor(client);
    }

    /// <summary>Waits until all is indexed.</summary>
    public Task ReadyAsync() => _client.GetStringAsync("/api/library/events");

    /// <summary>How long an answer takes, to its last byte.</summary>
    /// <exception cref="HttpRequestException">The answer is no success.</exception>
    public async Task<TimeSpan> AskAsync(string path, string query)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _client.PostAsJsonAsync(path, new { query, question = query });
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>How long it takes until an answer says what was found.</summary>
    public async Task<TimeSpan> FirstFoundAsync(string question)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(new { question }) };
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "event: found")
            {
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                await reader.ReadToEndAsync();
                return elapsed;
            }
        }

        throw new InvalidDataException("The answer does not say what was found.");
    }

    public void Dispose() => _client.Dispose();
}
