using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol.Tests;

/// <summary>A server in a host of its own, and the SDK's client of it.</summary>
internal sealed class ServerSession : IAsyncDisposable
{
    // A loaded machine may take longer than the client would wait by itself.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly IHost _host;

    private ServerSession(IHost host, McpClient client) => (_host, Client) = (host, client);

    public McpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<ServerSession> StartAsync(Action<IServiceCollection> add, Action<IMcpServerBuilder> configure, string? version = null)
    {
        Pipe toServer = new();
        Pipe toClient = new();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        configure(builder.Services.AddMcpServer().WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()));
        IHost host = builder.Build();
        await host.StartAsync();
        McpClientOptions options = new() { ProtocolVersion = version, DiscoverProbeTimeout = Limit, InitializationTimeout = Limit };
        McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), options).OrHang();
        return new ServerSession(host, client);
    }

    public static Task<ServerSession> StartAsync(IPassageRetriever retriever, Action<RetrievalServerOptions>? options = null, string? version = null) =>
        StartAsync(services => services.AddSingleton(retriever), builder => builder.WithRetrievalTools(options), version);

    public async Task<CallToolResult> CallAsync(string tool, params (string Name, object? Value)[] arguments) =>
        await Client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value)).AsTask().OrHang();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
    }
}
