using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using LocalRetrieval.Rag;

namespace WebRag.Tests;

/// <summary>The application on a port of its own, with the corpus of the sample or a folder that is given, and the embedded models.</summary>
internal sealed class WebRagServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebRagServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts it.</summary>
    /// <param name="configure">Changes what is registered.</param>
    /// <param name="settings">Such as <c>WebRag:MaxUploads=2</c>.</param>
    public static async Task<WebRagServer> StartAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        WebApplication app = WebRagApplication.Create(
            ["--urls=http://127.0.0.1:0", .. settings.Select(setting => $"--{setting}")], configure);
        await app.StartAsync();
        return new WebRagServer(app);
    }

    /// <summary>Waits until the folder is indexed.</summary>
    public async Task<WebRagServer> ReadyAsync()
    {
        await Services.GetRequiredService<PassageSync>().ReadyAsync(CancellationToken.None);
        return this;
    }

    /// <summary>A new visitor.</summary>
    public Task<Visitor> VisitAsync() => Visitor.ArriveAsync(Address);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
