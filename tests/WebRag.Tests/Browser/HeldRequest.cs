using Microsoft.Playwright;

namespace WebRag.Tests.Browser;

/// <summary>A question of the page to the server that goes on its way when the test says so, as on a slow line: its answer comes late.</summary>
internal sealed class HeldRequest
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IRequest? _request;

    /// <summary>Holds the next <c>GET</c> of an address, and none after it.</summary>
    public Task HoldAsync(IBrowserContext context, string url)
    {
        context.RequestFinished += (_, request) => End(request);
        context.RequestFailed += (_, request) => End(request);
        return context.RouteAsync(url, PassAsync);
    }

    /// <summary>Lets it go, and waits until the page has dealt with the answer; or at once, where the page does not want it any more.</summary>
    public async Task ReleaseAsync(IPage page)
    {
        _released.SetResult();
        await _ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
        // What is asked now is answered after it.
        await page.EvaluateAsync("fetch('/api/uploads').then(answer => answer.text())");
    }

    private async Task PassAsync(IRoute route)
    {
        if (route.Request.Method == HttpMethod.Get.Method && Interlocked.CompareExchange(ref _request, route.Request, null) is null)
        {
            if (route.Request.Failure is not null)
            {
                // The page has given it up already.
                _ended.TrySetResult();
            }

            await _released.Task;
        }

        await route.ContinueAsync();
    }

    private void End(IRequest request)
    {
        if (ReferenceEquals(request, _request))
        {
            _ended.TrySetResult();
        }
    }
}
