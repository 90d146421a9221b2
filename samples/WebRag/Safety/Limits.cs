using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using WebRag.Sessions;
using WebRag.Settings;

namespace WebRag.Safety;

/// <summary>How often one visitor may ask. Beyond it is 429 with <c>Retry-After</c>, while others go on.</summary>
internal static class Limits
{
    public const string Visits = "visits";
    public const string Reads = "reads";
    public const string Searches = "searches";
    public const string Questions = "questions";
    public const string Uploads = "uploads";

    /// <summary>New sessions a second from one address; behind a proxy all visitors may have the same one.</summary>
    private const int VisitsPerSecond = 100;

    /// <summary>Lists, texts and states a second that one visitor may ask for; ten times as many at once.</summary>
    private const int ReadsPerSecond = 50;
    private const int WaitingQuestions = 4;

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = RefuseAsync;
        options.AddPolicy(Visits, context => Bucket(context.Connection.RemoteIpAddress?.ToString() ?? "", VisitsPerSecond, TimeSpan.FromSeconds(1)));
        options.AddPolicy(Reads, context => Bucket(Visitor(context), ReadsPerSecond, TimeSpan.FromSeconds(1)));
        options.AddPolicy(Searches, context => Bucket(Visitor(context), Settings(context).SearchesPerSecond, TimeSpan.FromSeconds(1)));
        options.AddPolicy(Questions, context => Questioning(Visitor(context), Settings(context)));
        options.AddPolicy(Uploads, context => Window(Visitor(context), Settings(context).UploadsPerMinute));
    }

    private static WebRagOptions Settings(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<WebRagOptions>>().Value;

    private static string Visitor(HttpContext context) => context.Features.Get<Session>()?.Id ?? "";

    private static RateLimitPartition<string> Bucket(string partition, int tokens, TimeSpan period) =>
        RateLimitPartition.GetTokenBucketLimiter(partition, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = tokens * 10,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = period,
        });

    /// <summary>So many a minute, and so many at once: each takes all cores for a time.</summary>
    private static RateLimitPartition<string> Questioning(string partition, WebRagOptions settings) => RateLimitPartition.Get(partition, _ => RateLimiter.CreateChained(
        new FixedWindowRateLimiter(WindowOptions(settings.QuestionsPerMinute)),
        new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.ConcurrentQuestions, QueueLimit = WaitingQuestions })));

    private static RateLimitPartition<string> Window(string partition, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(partition, _ => WindowOptions(permits));

    private static FixedWindowRateLimiterOptions WindowOptions(int permits) => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) };

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        TimeSpan wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan known) ? known : TimeSpan.FromSeconds(1);
        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context.HttpContext,
            ProblemDetails =
            {
                Status = StatusCodes.Status429TooManyRequests,
                Title = "That was too much at once.",
                Detail = string.Create(CultureInfo.InvariantCulture, $"Try again in {seconds} {(seconds == 1 ? "second" : "seconds")}."),
            },
        });
    }
}
