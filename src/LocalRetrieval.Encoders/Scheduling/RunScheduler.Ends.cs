namespace LocalRetrieval.Encoders;

/// <content>How calls end before all of their rows were run.</content>
internal sealed partial class RunScheduler
{
    /// <summary>Refuses what waits for an encoder that is being disposed of.</summary>
    public void Refuse(RunTarget target)
    {
        lock (_sync)
        {
            foreach (RunLane lane in (ReadOnlySpan<RunLane>)[_queries, _documents])
            {
                foreach (QueuedCall call in lane.CallsOf(target))
                {
                    lane.Drop(call);
                    call.Fail(target.Gate.ClosedException());
                }
            }
        }
    }

    /// <summary>Ends every call of an encoder that is closed, those that are run included.</summary>
    public void Abandon(RunTarget target)
    {
        lock (_sync)
        {
            Refuse(target);
            foreach (QueuedRun run in _underWay.Where(run => run.Target == target))
            {
                foreach (QueuedCall call in run.Calls)
                {
                    call.Fail(target.Gate.ClosedException());
                }

                run.Abandon();
            }
        }
    }

    private void EndOver(QueuedCall call)
    {
        lock (_sync)
        {
            if (call.FirstRun is not null || call.Request.MayEndUnbegun)
            {
                End(call);
            }
        }
    }

    // What is read, or being run, stays; the rest is not wanted.
    private void End(QueuedCall call)
    {
        LaneOf(call).Drop(call);
        if (call.IsRead)
        {
            call.Complete();
        }
    }

    private void Cancel(QueuedCall call, CancellationToken cancellationToken) => Leave(call, () => call.Cancel(cancellationToken));

    private void Fail(QueuedCall call, Exception exception) => Leave(call, () => call.Fail(exception));

    // Its runs go on for the others in them.
    private void Leave(QueuedCall call, Action end)
    {
        lock (_sync)
        {
            LaneOf(call).Drop(call);
            end();
            foreach (QueuedRun run in call.Runs.Where(run => run.Calls.All(member => !member.IsLive)))
            {
                // Within the lock, since a run that has ended is disposed there; a backend only sets a flag.
                run.Abandon();
            }
        }
    }
}
