namespace LocalRetrieval.Testing;

/// <summary>Ends waits that would never end. No assertion of speed: the limit is far beyond what a loaded machine takes.</summary>
public static class HangGuard
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Waits for a task that must end.</summary>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static Task OrHang(this Task task) => task.WaitAsync(Limit);

    /// <summary>Waits for a task that must end.</summary>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static Task<T> OrHang<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>Waits for what must come to be, where nothing tells when it is.</summary>
    /// <exception cref="TimeoutException">It never is.</exception>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException("What the test waits for never came to be.");
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Waits until an object that nothing should hold is collected: a thread that used it may not have left its last method yet.</summary>
    /// <exception cref="TimeoutException">Something holds it.</exception>
    public static Task UntilCollectedAsync(WeakReference reference) => UntilAsync(() =>
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return !reference.IsAlive;
    });
}
