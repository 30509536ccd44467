// A receiver of Keyhold's webhooks without dependencies: `WEBHOOK_SECRET=whsec_… go run receiver.go` (Go 1.21 or newer).
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	tolerance = 5 * time.Minute
	mostBytes = 1 << 20
)

var digits = regexp.MustCompile(`\A[0-9]{1,12}\z`)

// isGenuine tells whether Keyhold signed these very bytes, within the last five minutes.
func isGenuine(keys [][]byte, headers http.Header, body []byte) bool {
	id := headers.Get("webhook-id")
	timestamp := headers.Get("webhook-timestamp")
	if id == "" || !digits.MatchString(timestamp) {
		return false
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	age := time.Since(time.Unix(seconds, 0))
	if age > tolerance || age < -tolerance {
		return false
	}
	for _, key := range keys {
		signed := hmac.New(sha256.New, key)
		signed.Write([]byte(id + "." + timestamp + "."))
		signed.Write(body)
		expected := []byte("v1," + base64.StdEncoding.EncodeToString(signed.Sum(nil)))
		for _, given := range strings.Split(headers.Get("webhook-signature"), " ") {
			if hmac.Equal(expected, []byte(given)) {
				return true
			}
		}
	}
	return false
}

// readKeys takes both secrets, separated by a comma, while you change them in Keyhold.
func readKeys(text string) ([][]byte, error) {
	var keys [][]byte
	for _, secret := range strings.Split(text, ",") {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
		if err != nil {
			return nil, err
		}
		if len(key) == 0 {
			return nil, errors.New("set WEBHOOK_SECRET to the endpoint's signing secret")
		}
		keys = append(keys, key)
	}
	return keys, nil
}

func main() {
	keys, err := readKeys(os.Getenv("WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "4020"
	}
	var seen sync.Map
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		// The signature is over the bytes as they came: read them before anything parses the body.
		body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, mostBytes))
		if err != nil {
			response.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		if request.Method != http.MethodPost || !isGenuine(keys, request.Header, body) {
			response.WriteHeader(http.StatusBadRequest)
			return
		}
		var event struct{ ID, Type string }
		if err := json.Unmarshal(body, &event); err != nil {
			response.WriteHeader(http.StatusBadRequest)
			return
		}
		// An event may come more than once. In earnest: store its id under a unique key, in the transaction that acts on it.
		if _, isKnown := seen.LoadOrStore(event.ID, true); !isKnown {
			fmt.Println(event.ID, event.Type)
		}
		// Answer within 15 seconds, with 2xx once the event is stored. What takes longer, do afterwards.
		response.WriteHeader(http.StatusNoContent)
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}
