namespace LocalRetrieval.Onnx.Inference;

/// <summary>Has the end of the process wait for native work that no caller waits for: a process that ends in the middle of native code may crash.</summary>
internal static class ExitGuard
{
    public static void Run(Action work)
    {
        ManualResetEventSlim done = new();
        EventHandler waitForIt = (_, _) => done.Wait();
        AppDomain.CurrentDomain.ProcessExit += waitForIt;
        try
        {
            work();
        }
        finally
        {
            done.Set();
            AppDomain.CurrentDomain.ProcessExit -= waitForIt;
        }
    }
}
