<?php
// A receiver of Keyhold's webhooks without dependencies (PHP 8.1 or newer), behind any web server;
// for trying: `WEBHOOK_SECRET=whsec_… php -S 127.0.0.1:4020 receiver.php`.
declare(strict_types=1);

const TOLERANCE_S = 5 * 60;

/** Whether Keyhold signed these very bytes, within the last five minutes. */
function isGenuine(array $secrets, string $id, string $timestamp, string $signatures, string $body): bool
{
    if ($id === '' || preg_match('/^[0-9]{1,12}$/D', $timestamp) !== 1) {
        return false;
    }
    if (abs(time() - (int) $timestamp) > TOLERANCE_S) {
        return false;
    }
    foreach ($secrets as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        // An empty key would sign for everybody.
        if ($key === false || $key === '') {
            continue;
        }
        $signed = hash_hmac('sha256', "$id.$timestamp.$body", $key, true);
        $expected = 'v1,' . base64_encode($signed);
        foreach (explode(' ', $signatures) as $given) {
            if (hash_equals($expected, $given)) {
                return true;
            }
        }
    }
    return false;
}

// While you change secrets in Keyhold, give both, separated by a comma.
$secrets = array_filter(explode(',', (string) getenv('WEBHOOK_SECRET')));
// The signature is over the bytes as they came: don't read $_POST, don't encode the JSON again.
$body = (string) file_get_contents('php://input');
$isGenuine = isGenuine(
    $secrets,
    $_SERVER['HTTP_WEBHOOK_ID'] ?? '',
    $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '',
    $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '',
    $body,
);
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !$isGenuine) {
    http_response_code(400);
    exit;
}

$event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
// An event may come more than once: insert its id under a unique key, in the transaction that acts on it,
// and do nothing where it is there already.
error_log("{$event['id']} {$event['type']}");
// Answer within 15 seconds, with 2xx once the event is stored. What takes longer, do afterwards.
http_response_code(204);
