using System.Net;
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
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    public static async Task RunAsync(ServerSettings settings, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        WebApplication application = Create(settings, environment);
        await using ConfiguredAsyncDisposable disposal = application.ConfigureAwait(false);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"Serving {string.Join(", ", Addresses(application))}").ConfigureAwait(false);
        await application.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The application, which listens once it is started.</summary>
    public static WebApplication Create(ServerSettings settings, Func<string, string?> environment)
    {
        // Empty: neither ASPNETCORE_URLS nor an appsettings.json of the current folder may have it listen elsewhere.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(new IPEndPoint(settings.Host, settings.Port));
        });
        RetrievalServer.LogToStandardError(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = [.. LoopbackNames, .. Uri.CheckHostName(settings.Host.ToString()) == UriHostNameType.IPv4 ? [settings.Host.ToString()] : Array.Empty<string>()];
            options.AllowEmptyHosts = false;
            options.IncludeFailureMessage = true;
        });
        RetrievalServer.Add(builder.Services, settings, environment).WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateless);

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
