using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Testing;

/// <summary>A chat endpoint on a free port of the loopback interface that records requests and answers as it is told.</summary>
public sealed class StubEndpoint : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _loop;

    private StubEndpoint(Func<HttpListenerContext, Task> answer)
    {
        (_listener, Address) = Listen();
        _answer = answer;
        _loop = LoopAsync();
    }

    public Uri Address { get; }

    /// <summary>The bodies of the requests so far.</summary>
    public List<JsonElement> Requests { get; } = [];

    public List<string?> Keys { get; } = [];

    /// <summary>Completes when the first request has come.</summary>
    public TaskCompletionSource Requested { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static StubEndpoint Answering(string body, int status = 200, string contentType = "application/json") =>
        new(context => SendAsync(context, body, status, contentType));

    /// <summary>Announces more than it sends, and breaks the connection off.</summary>
    public static StubEndpoint BreakingOff(string body) =>
        new(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.ContentLength64 = 10_000;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
        });

    /// <summary>Sends each of <paramref name="events"/> as a server-sent event.</summary>
    public static StubEndpoint Streaming(params string[] events) =>
        Answering(Events(events), contentType: "text/event-stream");

    /// <summary>Answers each request by the next of <paramref name="streams"/>, and all further ones by the last.</summary>
    /// <param name="streams">The events of each stream.</param>
    public static StubEndpoint StreamingInTurn(params string[][] streams)
    {
        int requests = 0;
        return new(context => SendAsync(context, Events(streams[Math.Min(requests++, streams.Length - 1)]), 200, "text/event-stream"));
    }

    /// <summary>The events of a stream that calls a function of the application.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">Its arguments, as the model wrote them.</param>
    /// <param name="id">The call's id.</param>
    public static string[] Call(string function, string arguments, string id = "call-1") =>
    [
        Chunk($$$"""{"role":"assistant","tool_calls":[{"index":0,"id":"{{{id}}}","type":"function","function":{"name":{{{JsonSerializer.Serialize(function)}}},"arguments":""}}]}"""),
        .. arguments.Chunk(7).Select(piece => Chunk($$$"""{"tool_calls":[{"index":0,"function":{"arguments":{{{JsonSerializer.Serialize(new string(piece))}}}}}]}""")),
        Chunk("{}", "\"tool_calls\""),
        "[DONE]",
    ];

    /// <summary>The events of a stream that is a whole answer.</summary>
    public static string[] Answer(string text) => [Chunk($$"""{"content":{{JsonSerializer.Serialize(text)}}}"""), Chunk("{}", "\"stop\""), "[DONE]"];

    /// <summary>The data of an event with a piece of an answer.</summary>
    /// <param name="delta">The piece, in JSON.</param>
    /// <param name="reason">Why the answer ends with it, in JSON.</param>
    public static string Chunk(string delta, string reason = "null") =>
        $$$"""{"id":"chat-1","created":1700000000,"model":"small-2024","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{reason}}}}]}""";

    /// <summary>Takes requests and never answers.</summary>
    public static StubEndpoint Silent() => new(_ => Task.CompletedTask);

    /// <summary>An address of the loopback interface that nothing listens on.</summary>
    public static Uri Unused() => new($"http://127.0.0.1:{FreePort()}/v1");

    public void Dispose()
    {
        _listener.Abort();
        _loop.GetAwaiter().GetResult();
    }

    private static string Events(string[] events) => string.Concat(events.Select(data => $"data: {data}\n\n"));

    private static async Task SendAsync(HttpListenerContext context, string body, int status, string contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }

    private static (HttpListener Listener, Uri Address) Listen()
    {
        // Another process may take the port between the two calls.
        for (int attempt = 1; ; attempt++)
        {
            string address = $"http://127.0.0.1:{FreePort()}/";
            HttpListener listener = new() { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, new Uri($"{address}v1"));
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task LoopAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context);
            }
            catch (Exception exception) when (exception is HttpListenerException or IOException or JsonException or ObjectDisposedException)
            {
                // The client left before it was answered.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (context.Request.RawUrl != "/v1/chat/completions")
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
            return;
        }

        Keys.Add(context.Request.Headers["Authorization"]);
        Requests.Add((await JsonDocument.ParseAsync(context.Request.InputStream)).RootElement);
        Requested.TrySetResult();
        await _answer(context);
    }
}
