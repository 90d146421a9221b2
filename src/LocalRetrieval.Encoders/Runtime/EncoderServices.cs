namespace LocalRetrieval.Encoders;

/// <summary>What an encoder gives through GetService.</summary>
internal static class EncoderServices
{
    /// <summary>The first of the services that is of the type; null for another type, or under a key.</summary>
    public static object? Find(Type serviceType, object? serviceKey, params ReadOnlySpan<object> services)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null)
        {
            foreach (object service in services)
            {
                if (serviceType.IsInstanceOfType(service))
                {
                    return service;
                }
            }
        }

        return null;
    }
}
