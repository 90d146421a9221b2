using System.Runtime.CompilerServices;
using LocalRetrieval.Mcp.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.AspNetCore;

namespace LocalRetrieval.Mcp.Http;

/// <summary>Serves by streamable HTTP on the loopback interface.</summary>
internal static class HttpServer
{
    // A page that lets its own name point to this machine (DNS rebinding) is refused by that name.
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public static async Task RunAsync(ServerSettings settings, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        WebApplication application = Create(settings, environment);
        await using ConfiguredAsyncDisposable disposal = application.ConfigureAwait(false);
        await StartAsync(application, cancellationToken).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"Serving {string.Join(", ", Addresses(application))}").ConfigureAwait(false);
        await application.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts what then listens; what has begun when it cannot, as the synchronisation of the folder, is ended before its services are.</summary>
    private static async Task StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The application, which listens once it is started.</summary>
    public static WebApplication Create(ServerSettings settings, Func<string, string?> environment)
    {
        WebApplicationBuilder builder = CreateBuilder(settings);
        AddTransport(RetrievalServer.Add(builder.Services, settings, environment));
        return Build(builder, settings);
    }

    /// <summary>What listens, without what it serves.</summary>
    public static WebApplicationBuilder CreateBuilder(ServerSettings settings)
    {
        // Empty: neither ASPNETCORE_URLS nor an appsettings.json of the current folder may have it listen elsewhere.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Host, settings.Port);
        });
        RetrievalServer.LogToStandardError(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = LoopbackNames;
            options.AllowEmptyHosts = false;
        });
        return builder;
    }

    /// <summary>Each request stands for itself: nothing is kept for a client, nor asked of one.</summary>
    public static IMcpServerBuilder AddTransport(IMcpServerBuilder server) =>
        server.WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateless);

    /// <summary>The application, with what guards it.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, ServerSettings settings)
    {
        WebApplication application = builder.Build();
        application.UseHostFiltering();
        application.UseMiddleware<OriginCheck>();
        if (settings.Token is { } token)
        {
            application.UseMiddleware<BearerTokenCheck>(token);
        }

        application.MapMcp();
        return application;
    }

    /// <summary>Where a started application listens.</summary>
    public static IEnumerable<string> Addresses(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
}
