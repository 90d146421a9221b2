using System.ClientModel;
using System.ComponentModel.DataAnnotations;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LocalRetrieval;
using LocalRetrieval.Hosting;
using LocalRetrieval.Rag;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.AI;
using OpenAI;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Models, store, indexer and retriever, with the options of appsettings.json, a health check, traces and metrics. Nothing is downloaded.
builder.AddLocalRetrieval();

// The folder is indexed in the background at start, and again when something changes in it.
builder.Services.AddPassageSync(LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, builder.Configuration.GetSection("Documents"),
    options => options.Folder = Path.Combine(builder.Environment.ContentRootPath, options.Folder));

// Any server that speaks OpenAI's protocol will do, local ones included; and any other IChatClient. The keys are also read from the environment.
if (builder.Configuration["OPENAI_API_KEY"] is { Length: > 0 } key)
{
    OpenAIClientOptions options = new();
    if (builder.Configuration["OPENAI_BASE_URL"] is { Length: > 0 } address)
    {
        options.Endpoint = new Uri(address);
    }

    string model = builder.Configuration["OPENAI_MODEL"] is { Length: > 0 } name ? name : "gpt-4o-mini";
    builder.Services.AddChatClient(new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(model).AsIChatClient()).UseLogging().UseRetrieval();
}

builder.Services.AddProblemDetails();
builder.Services.AddValidation();
WebApplication app = builder.Build();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.Use((context, next) =>
{
    // Documents and answers are texts of others: the page runs no script and shows no image but its own.
    context.Response.Headers.ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    context.Response.Headers.XContentTypeOptions = "nosniff";
    context.Response.Headers["Referrer-Policy"] = "no-referrer";
    return next(context);
});
app.UseFileServer();

// Live: the process answers. Ready: the models are loaded and sound.
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });

// Until the folder was indexed once there is nothing to search, or a part only.
RouteGroupBuilder indexed = app.MapGroup("").AddEndpointFilter(async (context, next) =>
    context.HttpContext.RequestServices.GetRequiredService<PassageSync>().LastResult is null
        ? Results.Problem("The documents are not indexed yet. Try again in a moment.", statusCode: StatusCodes.Status503ServiceUnavailable)
        : await next(context));

indexed.MapGet("/search", async (
    IPassageRetriever retriever, CancellationToken cancellationToken,
    [Required, StringLength(1000)] string q = "", [Range(1, 20)] int? top = null, [StringLength(100)] string? tag = null) =>
{
    RetrievalOptions<Passage> options = new() { Top = top, Filter = tag is null ? null : passage => passage.Tags.Contains(tag) };
    RetrievalResult found = await retriever.RetrieveAsync(q, options, cancellationToken);
    return found.Passages.Select(passage => Hit.Of(passage.Rank, passage));
});

// The body is the question, as JSON: pages elsewhere cannot send that.
indexed.MapPost("/ask", ([FromBody, Required, StringLength(1000)] string question, [FromServices] IChatClient? chat, CancellationToken cancellationToken) => chat is null
    ? Results.Problem("No chat model is configured. Set OPENAI_API_KEY and start again.", statusCode: StatusCodes.Status501NotImplemented)
    : TypedResults.ServerSentEvents(AnswerAsync(chat, question, cancellationToken)));

app.Run();

// Pieces of text as they come, and at the end the sources that they cite, or why there is no end.
static async IAsyncEnumerable<SseItem<AnswerPart>> AnswerAsync(IChatClient chat, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
{
    List<ChatResponseUpdate> updates = [];
    await using IAsyncEnumerator<ChatResponseUpdate> stream = chat.GetStreamingResponseAsync(question, cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
    bool? moved;
    while ((moved = await TryMoveNextAsync(stream, cancellationToken)) is true)
    {
        updates.Add(stream.Current);
        if (stream.Current.Text.Length > 0)
        {
            yield return new(new AnswerPart(stream.Current.Text), "text");
        }
    }

    IEnumerable<ContextSource> cited = updates.ToChatResponse().Messages is [.., ChatMessage answer] ? answer.GetCitedSources() : [];
    yield return moved is null
        ? new(new AnswerPart("The chat model gave no answer, or none to its end."), "failure")
        : new(new AnswerPart(Sources: [.. cited.Select(source => Hit.Of(source.Number, source.Passage))]), "sources");
}

// Null where the chat model failed, which UseLogging has logged: what yields cannot catch.
static async Task<bool?> TryMoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> stream, CancellationToken cancellationToken)
{
    try
    {
        return await stream.MoveNextAsync();
    }
    catch (Exception) when (!cancellationToken.IsCancellationRequested)
    {
        return null;
    }
}

// A passage as it is shown. Its number is its rank, or the one by which an answer cites it; its relevance the probability that it answers.
internal sealed record Hit(int Number, string? Source, string? Heading, string Text, double? Relevance)
{
    public static Hit Of(int number, RetrievedPassage passage) => new(number, passage.Source, passage.HeadingPath, passage.Text, passage.Relevance);
}

internal sealed record AnswerPart(string? Text = null, IReadOnlyList<Hit>? Sources = null);
