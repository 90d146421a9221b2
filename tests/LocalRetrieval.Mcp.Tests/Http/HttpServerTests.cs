using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LocalRetrieval.Mcp.Http;
using LocalRetrieval.ModelContextProtocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;

namespace LocalRetrieval.Mcp.Tests.Http;

public sealed class HttpServerTests : IAsyncDisposable
{
    private const string Token = "s3cret";

    private readonly Documents _documents = new();
    private readonly List<WebApplication> _started = [];

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task Client_EachVersion_SearchesFetchesAndReads(string version)
    {
        Uri address = await StartAsync();
        await using McpClient client = await ConnectAsync(address, version);

        await ClientSteps.RunAsync(client, version);

        Assert.Null(client.SessionId);
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task Client_CancelledCall_EndsTheRetrieval(string version)
    {
        BlockedRetriever retriever = new();
        WebApplicationBuilder builder = HttpServer.CreateBuilder(Settings());
        builder.Services.AddSingleton<IPassageRetriever>(retriever);
        HttpServer.AddTransport(builder.Services.AddMcpServer()).WithRetrievalTools();
        await using McpClient client = await ConnectAsync(await StartAsync(HttpServer.Build(builder, Settings())), version);
        using CancellationTokenSource cancel = new();
        Task call = client.CallToolAsync("search", new Dictionary<string, object?> { ["query"] = "x" }, cancellationToken: cancel.Token).AsTask();
        await retriever.Begun.Task.OrHang();

        await cancel.CancelAsync();

        await retriever.Cancelled.Task.OrHang();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.OrHang());
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("rebound.example:3001")]
    [InlineData("127.0.0.1.rebound.example")]
    [InlineData("192.168.0.7")]
    [InlineData("")]
    public async Task Request_ForeignHost_IsRefused(string host)
    {
        using HttpResponseMessage response = await PostAsync(await StartAsync(), request => request.Headers.TryAddWithoutValidation("Host", host));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("http://localhost")]
    [InlineData("null")]
    public async Task Request_ForeignOrigin_IsRefused(string origin)
    {
        using HttpResponseMessage response = await PostAsync(await StartAsync(), request => request.Headers.TryAddWithoutValidation("Origin", origin));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Request_OwnOrigin_IsServedWithoutCorsHeaders()
    {
        Uri address = await StartAsync();
        string own = address.GetLeftPart(UriPartial.Authority);

        using HttpResponseMessage response = await PostAsync(address, request => request.Headers.TryAddWithoutValidation("Origin", own));
        using HttpResponseMessage preflight = await SendAsync(new HttpRequestMessage(HttpMethod.Options, address) { Headers = { { "Origin", own }, { "Access-Control-Request-Method", "POST" } } });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(preflight.IsSuccessStatusCode);
        Assert.DoesNotContain(response.Headers.Concat(preflight.Headers), header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.False(response.Headers.Contains("Mcp-Session-Id"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer s3cre")]
    [InlineData("Bearer s3cret2")]
    [InlineData("Bearer S3CRET")]
    [InlineData("Basic s3cret")]
    [InlineData("s3cret")]
    public async Task Request_WithoutTheToken_IsRefused(string? authorization)
    {
        Uri address = await StartAsync(Settings() with { Token = Token });

        using HttpResponseMessage response = await PostAsync(address, request =>
        {
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
        });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Client_WithTheToken_IsServed()
    {
        Uri address = await StartAsync(Settings() with { Token = Token });
        await using McpClient client = await ConnectAsync(address, version: null, Token);

        Assert.NotEmpty(await client.ListToolsAsync());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Start_EachHost_ListensOnTheLoopbackInterfaceAlone(string host)
    {
        Uri address = await StartAsync(Settings() with { Host = IPAddress.Parse(host) });

        Assert.Equal(IPAddress.Parse(host), IPAddress.Parse(address.DnsSafeHost));
        using HttpResponseMessage response = await PostAsync(address, _ => { });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication application in _started)
        {
            await application.StopAsync();
            await application.DisposeAsync();
        }

        _documents.Dispose();
    }

    private static async Task<McpClient> ConnectAsync(Uri address, string? version, string? token = null)
    {
        HttpClientTransport transport = new(new HttpClientTransportOptions
        {
            Endpoint = address,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        });
        return await McpClient.CreateAsync(transport, ClientSteps.Options(version)).OrHang();
    }

    private static Task<HttpResponseMessage> PostAsync(Uri address, Action<HttpRequestMessage> change)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"by hand","version":"1"}}}""",
                Encoding.UTF8, "application/json"),
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json"), new MediaTypeWithQualityHeaderValue("text/event-stream") } },
        };
        change(request);
        return SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using HttpClient client = new();
        using (request)
        {
            return await client.SendAsync(request).OrHang();
        }
    }

    private ServerSettings Settings() => new() { Docs = _documents.Folder, Name = "the handbook" };

    private Task<Uri> StartAsync(ServerSettings? settings = null) => StartAsync(HttpServer.Create(settings ?? Settings(), _ => null));

    private async Task<Uri> StartAsync(WebApplication application)
    {
        _started.Add(application);
        await application.StartAsync();
        return new Uri(Assert.Single(HttpServer.Addresses(application)));
    }
}
