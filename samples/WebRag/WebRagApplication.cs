using System.Text.Json;
using System.Text.Json.Serialization;
using LocalRetrieval.Hosting;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WebRag.Chat;
using WebRag.Documents;
using WebRag.Safety;
using WebRag.Searching;
using WebRag.Sessions;
using WebRag.Settings;
using WebRag.Uploads;

namespace WebRag;

/// <summary>Puts the application together.</summary>
internal static class WebRagApplication
{
    /// <summary>Where it listens if nothing says where: to this machine alone.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    private const int BytesBesideQuestion = 16 << 10;

    // As \u05D0 in JSON.
    private const int BytesPerUnit = 6;

    /// <param name="args">Settings, such as <c>--WebRag:Folder=docs</c> or <c>--urls=http://localhost:8080</c>.</param>
    /// <param name="configure">Changes what is registered; for tests.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Pages and corpus lie beside the program, from wherever it is started.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        BoundBodies(builder.Services);
        AddRetrieval(builder);
        AddWeb(builder.Services);
        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        Use(app);
        return app;
    }

    /// <summary>A body is as long as that of the longest question, escaped, with its filters; only files, which have limits of their own, are longer.</summary>
    private static void BoundBodies(IServiceCollection services) => services.AddOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>().Configure<IOptions<WebRagOptions>>(
        (kestrel, options) => kestrel.Limits.MaxRequestBodySize = BytesBesideQuestion + (BytesPerUnit * options.Value.MaxQuestionLength));

    /// <summary>What the packages do: models, store, indexer and retriever, a folder that is kept in step, and a second indexer for what people upload.</summary>
    private static void AddRetrieval(WebApplicationBuilder builder)
    {
        builder.AddLocalRetrieval(configure: options => options.CollectionName = Library.CollectionName);
        builder.Services.AddOptions<LocalVectorStoreOptions>().Configure<IOptions<WebRagOptions>>((store, web) => store.Path = web.Value.Index);
        builder.Services.AddOptions<PassageRetrieverOptions<Passage>>().Configure<ChatModel>((options, chat) =>
        {
            // Nothing is searched without saying whose documents may be seen.
            options.RequireFilter = true;
            options.Pipeline = pipeline => pipeline.UseQueryRewriting(chat.IsOffline ? null : chat.Client)
                .UseCaching(Suggestions.CreateCache(), cache => cache.Expiration = Suggestions.Expiration);
        });
        builder.Services.AddPassageSync(Library.CollectionName, builder.Configuration.GetSection("WebRag:Sync"), options =>
        {
            options.Folder = builder.Configuration["WebRag:Folder"] ?? ShippedCorpus.Folder;
            options.Scope = Library.Scope;
        });
        builder.Services.AddKeyedPassageIndexer(UploadIndexing.IndexerKey, UploadIndexing.Configure);
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.AddOptions<WebRagOptions>().BindConfiguration(WebRagOptions.Section)
            .PostConfigure(options => options.Examples ??= options.Folder is null ? [.. ShippedCorpus.Examples] : [])
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ChatModel.Create(Environment.GetEnvironmentVariable));
        services.AddSingleton<Library>().AddHostedService<LibraryStart>();
        services.AddSingleton<DocumentCatalog>().AddSingleton<DocumentTexts>();
        services.AddSingleton<Searcher>().AddSingleton<Answerer>();
        services.AddSingleton<SessionStore>().AddHostedService<SessionExpiry>();
        services.AddSingleton<UploadIndexing>();
        services.AddProblemDetails();
        services.Configure<KeyManagementOptions>(MemoryKeys.Configure);
        services.AddAntiforgery(AntiforgeryFilter.Configure);
        services.AddRateLimiter(Limits.Configure);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
    }

    private static void Use(WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A request that is broken, or broke off, is the client's matter.
            StatusCodeSelector = exception => exception is BadHttpRequestException request ? request.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages();
        app.UseMiddleware<SecurityHeaders>();
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
        app.UseRouting();
        app.UseMiddleware<SessionMiddleware>();
        app.UseRateLimiter();

        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        RouteGroupBuilder api = app.MapGroup("/api").AddEndpointFilter<AntiforgeryFilter>().RequireRateLimiting(Limits.Reads);
        SessionEndpoints.Map(api);
        DocumentEndpoints.Map(api);
        UploadEndpoints.Map(api);
        SearchEndpoints.Map(api);
        ChatEndpoints.Map(api);
    }
}
